import { labels as labelNames } from '../charts/conventions.js';
import { isRecord } from '../synth/manifest.js';
import type { Manifest, RenderedFile, RenderedUnit } from '../synth/manifest.js';
import { kindOf, kinds } from './cluster.js';
import { fieldAt, listAt, textAt } from './fields.js';

/** Applications by the models that they deliver; undefined: by none. */
export type MadeApplications = ReadonlyMap<string | undefined, readonly Manifest[]>;

/**
 * The Applications that ApplicationSets make of the index rendered beside them, as Argo CD would make them: so folders,
 * projects, kinds and destinations are judged in both styles of delivery. They are in no file, and are not counted.
 */
export function makeApplications(units: readonly RenderedUnit[]): MadeApplications {
  const made = new Map<string | undefined, readonly Manifest[]>();
  for (const unit of units) {
    const sets = unit.manifests.filter(({ object }) => kindOf(object) === kinds.applicationSet);
    for (const application of sets.flatMap((set) => expand(set, unit.files)))
      made.set(application.model, [...(made.get(application.model) ?? []), application]);
  }
  return made;
}

function expand(set: Manifest, files: readonly RenderedFile[]): readonly Manifest[] {
  const patterns = listAt(set.object, 'spec', 'generators').flatMap((generator) =>
    listAt(generator, 'git', 'files').map((entry) => textAt(entry, 'path') ?? ''),
  );
  return files
    .filter(({ path }) => patterns.some((pattern) => isIn(pattern, path)))
    .map(({ path, text }) => makeApplication(set, path, JSON.parse(text) as unknown)); // We rendered it.
}

/** `*` stands for a name, as in the pattern of a folder's files. */
function isIn(pattern: string, path: string): boolean {
  const [before = '', after = ''] = pattern.split('*');
  const name = path.slice(before.length, path.length - after.length);
  return path === `${before}${name}${after}` && name !== '' && !name.includes('/');
}

function makeApplication(set: Manifest, file: string, entry: unknown): Manifest {
  const filled = fill(fieldAt(set.object, 'spec', 'template'), entry);
  const labels = fieldAt(entry, 'labels');
  const object = {
    apiVersion: set.object.apiVersion,
    kind: 'Application',
    ...(isRecord(filled) ? filled : {}),
    metadata: {
      name: textAt(filled, 'metadata', 'name') ?? '',
      namespace: textAt(filled, 'metadata', 'namespace') ?? '',
      // What templatePatch says. They are texts: charts made them.
      ...(isRecord(labels) ? { labels: labels as Readonly<Record<string, string>> } : {}),
    },
  };
  return { unit: set.unit, model: textAt(labels, labelNames.model), file, object };
}

/** Texts with `{{ .key }}`; a key that the entry lacks stays as it is, and fits nothing. */
function fill(value: unknown, entry: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/\{\{ \.(\w+) \}\}/g, (written, key: string) => textAt(entry, key) ?? written);
  if (Array.isArray(value)) return value.map((each) => fill(each, entry));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, entry)]));
}
