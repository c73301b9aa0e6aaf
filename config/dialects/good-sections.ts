import type { YamlFile } from '../load/yaml-file.js';
import { isMap } from '../resolve/layers.js';
import type { ModelInput } from '../schema/model-schema.js';
import { modelSchema } from '../schema/model-schema.js';
import { closest } from '../suggest.js';

/** Sections that mean something without the others. */
const independent = [
  ...[
    'owner',
    'drift',
    'bias',
    'quality',
    'service',
    'serving',
    'training',
    'checks',
    'triggers',
    'gates',
    'package',
    'scan',
    'sign',
    'team',
  ],
] as const satisfies readonly (keyof ModelInput)[];

/** What is right of a model file, and the names of the sections that are not. */
export interface GoodSections {
  readonly input: ModelInput;
  readonly broken: readonly string[];
}

/**
 * A model file without the sections that break the schema, so that the others can be checked against the platform in
 * the same run; undefined when what is left would say something else than the whole.
 */
export function keepGoodSections(file: YamlFile): GoodSections | undefined {
  const { data } = file;
  const result = modelSchema.safeParse(data);
  if (result.success || !isMap(data)) return undefined;
  const bad = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [String(issue.path[0])],
  );
  if (!bad.every(isIndependent)) return undefined;
  const rest = omit(data, bad);
  const { environments } = rest;
  // What an environment overrides of a section is nothing without the section.
  const overrides = isMap(environments)
    ? Object.entries(environments).map(
        ([name, value]) => [name, isMap(value) ? omit(value, bad) : value] as const,
      )
    : [];
  const kept = isMap(environments) ? { ...rest, environments: Object.fromEntries(overrides) } : rest;
  const { data: input } = modelSchema.safeParse(kept);
  return input && { input, broken: bad.map((key) => closest(key, Object.keys(modelSchema.shape)) ?? key) };
}

/** A mistyped section is left out like a broken one; `environments` is not, because it completes the others. */
function isIndependent(key: string): boolean {
  const known = Object.keys(modelSchema.shape);
  return (
    independent.some((name) => name === key) ||
    (!known.includes(key) && closest(key, known) !== 'environments')
  );
}

function omit(data: object, keys: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)));
}
