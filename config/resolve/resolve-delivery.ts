import { builtInDelivery } from '../catalogue/defaults.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { Delivery, DeliveryForge, DeliveryMode } from '../model-delivery.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { pullRequestSchema } from '../schema/delivery-schema.js';
import { defaultApiUrl, guessForgeApi, locateOnForge } from '../values/forge-location.js';
import type { Layer } from './layers.js';
import { mergeLayers } from './layers.js';
import type { OriginRecorder } from './origins.js';

type Input = Pick<PlatformInput, 'argocd' | 'delivery' | 'environments' | 'repository'>;

/** How the GitOps repository is written to; without one there is nothing to decide, and nothing is recorded. */
export function resolveDelivery(
  input: Input,
  file: YamlFile,
  recorder: OriginRecorder,
  where: string,
): Delivery {
  const forge = resolveForge(input);
  const layers: readonly Layer<Partial<Input>>[] = [
    { name: 'built-in default', data: defaults(input, forge), written: undefined },
    { name: 'platform', data: writtenPart(input), written: { file, base: [] } },
  ];
  const merged = mergeLayers(layers);
  if (input.repository !== undefined || input.delivery !== undefined) recorder.record(where, merged, layers);
  const { environments = {}, delivery = {} } = merged;
  return {
    forge,
    modes: new Map(
      Object.entries(environments).map(([name, { delivery: mode = 'push' }]): [string, DeliveryMode] => [
        name,
        mode,
      ]),
    ),
    shared: delivery.shared ?? builtInDelivery.shared,
    pullRequest: pullRequestSchema.parse(delivery.pullRequest),
    commits: delivery.commits ?? builtInDelivery.commits,
    signed: delivery.signed ?? builtInDelivery.signed,
    tokenSecret: delivery.tokenSecret,
  };
}

function resolveForge({ delivery, repository }: Input): DeliveryForge | undefined {
  const location = repository && locateOnForge(repository.url);
  if (location === undefined || delivery?.forge === 'none') return undefined;
  const api = delivery?.forge ?? guessForgeApi(location);
  return { api, apiUrl: delivery?.apiUrl ?? defaultApiUrl(api, location) };
}

function defaults({ argocd, environments }: Input, forge: DeliveryForge | undefined): Partial<Input> {
  const modes = Object.keys(environments).map((name, index) => {
    // What is hydrated for a promotion is looked at there.
    const promoted = argocd?.hydrate === 'next';
    const mode: DeliveryMode = index === 0 || forge === undefined || promoted ? 'push' : 'pull-request';
    return [name, { delivery: mode }] as const;
  });
  return {
    delivery: {
      ...builtInDelivery,
      ...(forge === undefined ? { forge: 'none' } : { forge: forge.api, apiUrl: forge.apiUrl }),
    },
    // Of the environments only what is decided here.
    environments: Object.fromEntries(modes) as PlatformInput['environments'],
  };
}

function writtenPart({ delivery, environments }: Input): Partial<Input> {
  const modes = Object.entries(environments).flatMap(([name, { delivery: mode }]) =>
    mode === undefined ? [] : [[name, { delivery: mode }] as const],
  );
  return {
    ...(delivery && { delivery }),
    // Of the environments only what is decided here.
    environments: Object.fromEntries(modes) as PlatformInput['environments'],
  };
}
