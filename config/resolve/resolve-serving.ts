import { valueAt } from '../load/key-path.js';
import type { Profile, Serving } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import { reportIssue } from '../schema/check-schema.js';
import { jsonSchemas } from '../schema/json-schema.js';
import type { Overridable } from '../schema/overridable-schema.js';
import type { ServingInput } from '../schema/serving-schema.js';
import { servingKeys, servingSchema } from '../schema/serving-schema.js';
import { suggest } from '../suggest.js';
import { canonicalServing } from './canonical-serving.js';
import type { Layer } from './layers.js';
import { mergeLayers, placeIn } from './layers.js';
import type { OriginRecorder } from './origins.js';
import { builtInLayer, keepServing, settleAlternatives } from './serving-layers.js';

type Kind = keyof typeof servingKeys;

const kinds = Object.keys(servingKeys) as Kind[]; // keys() forgets the names.

interface ServingContext {
  readonly where: string;
  /** undefined: it could not be read. */
  readonly profile: Profile | undefined;
  readonly layers: readonly Layer<Overridable>[];
  readonly problems: ProblemCollector;
  readonly recorder: OriginRecorder;
}

/** How a model is served in an environment; undefined when it does not say, or not enough. */
export function resolveServing(context: ServingContext): Serving | undefined {
  const { where, profile, layers, problems, recorder } = context;
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
  const written = settleAlternatives(keepServing(layers, known), problems);
  const settled = [builtInLayer(kind, mergeLayers(written), profile), ...written];
  const merged = mergeLayers(settled);
  recorder.record(where, withoutIneffective(merged), settled, ['serving']);
  const input = checkServing(merged, own, problems);
  return foreign || input === undefined ? undefined : canonicalServing(input);
}

/** A default whose place another key has taken is no value of the model. */
function withoutIneffective(merged: { readonly serving?: object }): { readonly serving?: object } {
  if (valueAt(merged, ['serving', 'autoscaling']) === undefined) return merged;
  const effective = Object.entries(merged.serving ?? {}).filter(([key]) => key !== 'replicas');
  return { serving: Object.fromEntries(effective) };
}

function checkServing(
  merged: { readonly serving?: object },
  own: readonly Layer<Overridable>[],
  problems: ProblemCollector,
): ServingInput | undefined {
  const result = servingSchema.safeParse(merged.serving);
  for (const issue of result.error?.issues ?? []) {
    reportIssue(
      { ...issue, path: ['serving', ...issue.path] },
      { data: merged, placeOf: (path) => placeIn(own, path), describe: () => jsonSchemas().model, problems },
    );
  }
  const { metric, prometheus } = result.data?.autoscaling ?? {};
  if (metric !== 'prometheus' || prometheus !== undefined) return result.data;
  const place = { ...placeIn(own, ['serving', 'autoscaling', 'metric']), key: true };
  const message = '`serving.autoscaling` needs the key `prometheus`.';
  problems.error('CONFIG_KEY_MISSING', place, {
    message,
    hint: 'It says which `server` to ask, and the `query`.',
  });
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
  const deciding = own.findLast(({ data }) => data?.serving?.kind !== undefined);
  for (const { layer, key } of foreign) {
    const message = `\`serving.${key}\` means nothing to \`kind: ${kind}\`.`;
    const other = kinds.find((each) => servingKeys[each].includes(key));
    const hint =
      layer === deciding || other === undefined
        ? `Remove it. ${suggest(key, known).hint}`
        : `Write it only where the kind is \`${other}\`: \`environments: { …: { serving: { kind: ${other}, ${key}: … } } }\`.`;
    problems.error(
      'CONFIG_KEY_UNKNOWN',
      { ...placeIn([layer], ['serving', key]), key: true },
      { message, hint },
    );
  }
  return foreign.length > 0;
}
