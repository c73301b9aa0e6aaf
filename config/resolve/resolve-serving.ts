import { builtInServing } from '../catalogue/defaults.js';
import { valueAt } from '../load/key-path.js';
import type { Serving } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import { reportIssue } from '../schema/check-schema.js';
import { jsonSchemas } from '../schema/json-schema.js';
import type { Overridable } from '../schema/overridable-schema.js';
import { servingKeys, servingSchema } from '../schema/serving-schema.js';
import { suggest } from '../suggest.js';
import { canonicalQuantity } from '../values/quantity.js';
import type { Layer } from './layers.js';
import { isMap, mergeLayers, placeIn } from './layers.js';
import type { OriginRecorder } from './origins.js';

type Kind = keyof typeof servingKeys;

interface ServingContext {
  readonly where: string;
  readonly layers: readonly Layer<Overridable>[];
  readonly problems: ProblemCollector;
  readonly recorder: OriginRecorder;
}

/** How a model is served in an environment; undefined when it does not say, or not enough. */
export function resolveServing({ where, layers, problems, recorder }: ServingContext): Serving | undefined {
  const own = layers.filter(({ name }) => name.startsWith('model'));
  if (own.every(({ data }) => data?.serving === undefined)) return undefined;
  const kind = layers.findLast(({ data }) => data?.serving?.kind !== undefined)?.data?.serving?.kind;
  if (kind === undefined) {
    const hint = 'Write `kind: deployment` for a server of your own, or `kind: inferenceservice` for KServe.';
    problems.error(
      'CONFIG_KEY_MISSING',
      { ...placeIn(own, ['serving']), key: true },
      { message: '`serving` needs the key `kind`.', hint },
    );
    return undefined;
  }
  const known = [...servingKeys[kind], 'kind'];
  const foreign = refuseForeignKeys(own, kind, known, problems);
  const builtIn = {
    name: 'built-in default' as const,
    data: { serving: builtInServing[kind] },
    written: undefined,
  };
  const merged = mergeLayers([
    builtIn,
    ...layers.map((layer) => ({ ...layer, data: keepServing(layer.data, known) })),
  ]);
  recorder.record(where, merged, [builtIn, ...layers], ['serving']);
  const result = servingSchema.safeParse(merged.serving);
  if (result.success) return foreign ? undefined : canonical(result.data);
  for (const issue of result.error.issues) {
    reportIssue(
      { ...issue, path: ['serving', ...issue.path] },
      { data: merged, placeOf: (path) => placeIn(own, path), describe: () => jsonSchemas().model, problems },
    );
  }
  return undefined;
}

/** Keys of the other kind; defaults may have them, for other models. */
function refuseForeignKeys(
  own: readonly Layer<Overridable>[],
  kind: Kind,
  known: readonly string[],
  problems: ProblemCollector,
): boolean {
  const foreign = own.flatMap((layer) =>
    Object.keys(layer.data?.serving ?? {})
      .filter((key) => !known.includes(key))
      .map((key) => ({ layer, key })),
  );
  for (const { layer, key } of foreign) {
    const message = `\`serving.${key}\` means nothing to \`kind: ${kind}\`.`;
    const hint = `Remove it. ${suggest(key, known).hint}`;
    problems.error(
      'CONFIG_KEY_UNKNOWN',
      { ...placeIn([layer], ['serving', key]), key: true },
      { message, hint },
    );
  }
  return foreign.length > 0;
}

function keepServing(
  data: Overridable | undefined,
  known: readonly string[],
): { serving: object } | undefined {
  const serving = valueAt(data, ['serving']);
  if (!isMap(serving)) return undefined;
  return { serving: Object.fromEntries(Object.entries(serving).filter(([key]) => known.includes(key))) };
}

function canonical(serving: ReturnType<typeof servingSchema.parse>): Serving {
  const { cpu, memory } = serving.resources;
  const basics = {
    replicas: serving.replicas,
    resources: { cpu: canonicalQuantity(cpu), memory: canonicalQuantity(memory) },
    initial: serving.initial,
  };
  if (serving.kind === 'inferenceservice') {
    const { kind, mode, format, runtime } = serving;
    return { kind, ...basics, mode, format, runtime };
  }
  const { kind, image, command, args, env, port, readinessPath } = serving;
  return { kind, ...basics, image, command, args, env, port, readinessPath };
}
