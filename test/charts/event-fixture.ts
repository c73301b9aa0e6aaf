import type { Exposure } from '../../config/model-exposure.js';
import type {
  EventSource,
  EventSourceKind,
  ForgeKind,
  PushTrigger,
  RegistryEvent,
  StoreKind,
} from '../../config/model-triggers.js';
import { eventSourceKinds, forgeKinds, storeKinds } from '../../config/model-triggers.js';
import type { Model, Workspace } from '../../config/model.js';
import { duration } from '../../config/values/duration.js';
import { jukeboxWorkspace } from './workspace-fixture.js';
import { model } from './retraining-fixture.js';

const outside: readonly EventSourceKind[] = ['github', 'eventbridge'];

export function forge<Kind extends EventSourceKind>(kind: Kind): EventSource<Kind> {
  return {
    name: kind,
    kind,
    secret: { name: `${kind}-webhook`, key: 'secret' },
    namespace: outside.includes(kind) ? undefined : `${kind}-server`,
  };
}

/** GitHub and AWS send from outside. */
export const exposure: Exposure = {
  kind: 'ingress',
  host: 'hooks.example.com',
  class: 'nginx',
  namespace: 'ingress-nginx',
  tlsSecret: 'hooks-tls',
  bodyLimit: '5Mi',
  annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
};

/** The other ways in. */
export const otherExposures: readonly Exposure[] = [
  { kind: 'route', host: 'hooks.example.com', namespace: 'openshift-ingress', annotations: {} },
  {
    kind: 'httproute',
    host: 'hooks.example.com',
    namespace: 'gateways',
    gateway: { name: 'edge', namespace: 'gateways', listener: 'https' },
    annotations: {},
  },
];

/** Names of the repositories in test/fixtures/webhooks. */
const repositories: Readonly<Record<ForgeKind, string>> = {
  github: 'mlops/jukebox',
  gitea: 'music/jukebox',
  gitlab: 'research/mlops/jukebox',
  bitbucket: 'mlops/jukebox',
  'bitbucket-datacenter': 'MLOPS/jukebox',
};

/** A model that waits for pushes to that repository; its name is that of the forge. */
export function pushedTo(kind: ForgeKind, changes: Partial<PushTrigger> = {}): Model {
  const filter = kind.startsWith('bitbucket') ? [[], []] : [['src/**', 'dvc.lock'], ['**/*.md']];
  const [paths = [], ignorePaths = []] = filter;
  const branches = ['main', 'release/1'];
  const push = { forge: forge(kind), repository: repositories[kind], branches, paths, ignorePaths };
  return { ...model, name: kind, triggers: { ...model.triggers, push: { ...push, ...changes } } };
}

/** A model that is trained at fixed times, and when somebody asks. */
export const requested: Model = {
  ...model,
  name: 'requested',
  triggers: {
    ...model.triggers,
    schedule: { cron: '30 3 * * 1', timeZone: 'Europe/Berlin', startingDeadline: duration('1h') },
    manual: true,
  },
};

/** A model that waits for data that DVC keeps, in the repository of the model called gitea. */
export const fed: Model = {
  ...model,
  name: 'fed',
  triggers: {
    ...model.triggers,
    data: {
      forge: forge('gitea'),
      repository: repositories.gitea,
      branches: ['data'],
      paths: ['**/*.dvc', 'dvc.lock'],
      ignorePaths: [],
    },
  },
};

/** A model that waits for new songs in a bucket; its name is that of the store. */
function storedIn(kind: StoreKind): Model {
  const objects = {
    store: forge(kind),
    bucket: 'training-data',
    prefix: 'jukebox/2026 ',
    suffix: '.parquet',
  };
  return { ...model, name: kind, triggers: { ...model.triggers, objects } };
}

const registryEvents: readonly RegistryEvent[] = [
  { kind: 'version' },
  { kind: 'alias', alias: 'champion' },
  { kind: 'tag', key: 'retrain', value: 'requested' },
];

/** A model that waits for an event of another one in MLflow; its name is that of the event. */
function embedding(on: RegistryEvent): Model {
  const registry = { registry: forge('mlflow'), model: 'song-embeddings', on };
  return { ...model, name: `mlflow-${on.kind}`, triggers: { ...model.triggers, registry } };
}

/** A model for each way in which events start runs. */
export const eventWorkspace: Workspace = {
  ...jukeboxWorkspace,
  platform: { ...jukeboxWorkspace.platform, exposure, events: eventSourceKinds.map(forge) },
  // One of them also has alerts.
  models: [
    ...jukeboxWorkspace.models,
    ...forgeKinds.map((kind) => pushedTo(kind)),
    requested,
    fed,
    ...storeKinds.map(storedIn),
    ...registryEvents.map(embedding),
  ],
};

/** The same with another way in from outside. */
export function exposedBy(changed: Exposure): Workspace {
  return { ...eventWorkspace, platform: { ...eventWorkspace.platform, exposure: changed } };
}
