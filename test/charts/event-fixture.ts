import type { EventSource, ForgeKind, PushTrigger } from '../../config/model-triggers.js';
import { forgeKinds } from '../../config/model-triggers.js';
import type { Model, Workspace } from '../../config/model.js';
import { jukeboxWorkspace } from './workspace-fixture.js';
import { model } from './retraining-fixture.js';

export function forge(kind: ForgeKind): EventSource {
  return {
    name: kind,
    kind,
    secret: { name: `${kind}-webhook`, key: 'secret' },
    namespace: `${kind}-server`,
  };
}

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

/** A model for each way in which events start runs. */
export const eventWorkspace: Workspace = {
  ...jukeboxWorkspace,
  platform: { ...jukeboxWorkspace.platform, events: forgeKinds.map(forge) },
  // One of them also has alerts.
  models: [...jukeboxWorkspace.models, ...forgeKinds.map((kind) => pushedTo(kind))],
};
