import { Document, isMap as isYamlMap, isNode, isScalar } from 'yaml';
import type { Problem } from '../../../problems/problem.js';
import { formatKeyPath } from '../../load/key-path.js';
import { modelSchema } from '../../schema/model-schema.js';
import { platformSchema } from '../../schema/platform-schema.js';
import { hoistChart, hoistSections } from './hoist.js';
import type { Provenance, TranslatedFile, Translation } from './translated-file.js';

export interface NativeFile {
  readonly path: string;
  readonly text: string;
}

/** The native files that a tree stands for; comments say what of it each part comes from, and what is left behind. */
export function writeNative(
  { platform, models }: Translation,
  problems: readonly Problem[],
): readonly NativeFile[] {
  const environments = Object.keys(platform.data.environments ?? {});
  const left = problems
    .filter(({ code }) => code === 'COURSE_NOT_RENDERED')
    .map(({ message, position }) => ` - ${position?.file ?? ''}: ${message}`);
  return [
    {
      path: platform.name,
      text: writeFile(platform, hoistCharts(platform.data), Object.keys(platformSchema.shape), left),
    },
    ...models.map((model) => ({
      path: model.name,
      text: writeFile(model, hoistSections(model.data, environments), Object.keys(modelSchema.shape)),
    })),
  ];
}

function hoistCharts(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const charts = Object.entries(data.charts ?? {}).map(([name, chart]) => [name, hoistChart(chart)] as const);
  return charts.length === 0 ? data : { ...data, charts: Object.fromEntries(charts) };
}

function writeFile(
  file: TranslatedFile,
  data: Readonly<Record<string, unknown>>,
  order: readonly string[],
  left: readonly string[] = [],
): string {
  const sorted = order.filter((key) => data[key] !== undefined).map((key) => [key, data[key]] as const);
  const document = new Document(Object.fromEntries(sorted), { aliasDuplicateObjects: false });
  document.commentBefore = ' Written by `driftloop init --from-course`; from here on it is yours.';
  if (isYamlMap(document.contents)) {
    for (const [index, { key }] of document.contents.items.entries()) {
      if (!isScalar(key) || !isNode(key)) continue;
      key.commentBefore = describeSources(file.provenance, String(key.value));
      key.spaceBefore = index > 0;
    }
  }
  if (left.length > 0)
    document.comment = [' Not carried over, because driftloop does not render it:', ...left].join('\n');
  return document.toString({ lineWidth: 0 });
}

/** Which keys of which files a section comes from. */
function describeSources(provenance: readonly Provenance[], section: string): string {
  const own = provenance.filter(
    ({ path }) => path[0] === section || (path[0] === 'environments' && path[2] === section),
  );
  const said = own.filter(({ way }) => way !== 'assumed');
  const files = new Map<string, Set<string>>();
  for (const { place } of said) {
    const keys = files.get(place.file.name) ?? new Set<string>();
    files.set(place.file.name, keys.add(formatKeyPath(place.path)));
  }
  const lines = [...files].map(([file, keys]) => ` ${file}: ${[...keys].join(', ')}`);
  const assumed = own.filter(({ way }) => way === 'assumed').map(({ path }) => String(path.at(-1)));
  const words = [...new Set(assumed)].map((key) => `\`${key}\``).join(', ');
  return [...lines, ...(words === '' ? [] : [` Assumed, as no file says it: ${words}`])].join('\n');
}
