import { builtInDataPaths, builtInSource } from '../catalogue/defaults.js';
import type { EventSource, ForgeKind, PushTrigger } from '../model-triggers.js';
import { forgeKinds } from '../model-triggers.js';
import type { ModelInput } from '../schema/model-schema.js';
import type { TriggersInput } from '../schema/trigger-schema.js';
import { repositoryPath } from '../values/git-url.js';
import type { ModelContext, Written } from './resolve-model.js';
import { findSource, TriggerSection } from './trigger-section.js';

/** `triggers.push`, or `triggers.data`, which is a push of other files. */
export function resolvePush(
  key: 'push' | 'data',
  model: Written<ModelInput>,
  context: ModelContext,
): PushTrigger | undefined {
  const push: NonNullable<TriggersInput['push']> | undefined = model.input.triggers?.[key];
  if (push === undefined) return undefined;
  const paths = push.paths ?? (key === 'data' ? builtInDataPaths : []);
  const { ignorePaths = [] } = push;
  const section = new TriggerSection(model, context, ['triggers', key]);
  section.recordDefaults(key === 'data' ? { paths } : { paths, ignorePaths });
  const kinds = key === 'data' ? forgeKinds.filter((kind) => !kind.startsWith('bitbucket')) : forgeKinds;
  const forge = findSource(push.from, kinds, section);
  if (forge === undefined) return undefined;
  const repository = push.repository ?? nameRepository(forge.kind, section);
  if (repository === undefined) return undefined;
  refusePaths(forge, { paths, ignorePaths }, section);
  const branches = push.branches ?? [model.input.source.branch ?? builtInSource.branch];
  section.recordDefaults({ from: forge.name, repository, branches });
  return { forge, repository, branches, paths, ignorePaths };
}

/** GitLab has groups within groups; elsewhere what stands before the last two parts belongs to the server. */
function nameRepository(kind: ForgeKind, section: TriggerSection): string | undefined {
  const { file, input } = section.model;
  const parts = repositoryPath(input.source.repo).split('/');
  if (parts.length > 1) return (kind === 'gitlab' ? parts : parts.slice(-2)).join('/');
  section.context.problems.error(
    'CONFIG_TRIGGER_REPOSITORY',
    { file, path: ['source', 'repo'] },
    {
      message: `The URL does not say what the forge calls the repository.`,
      hint: `Write \`repository: owner/name\` in \`${section.name}\`.`,
    },
  );
  return undefined;
}

/** What Bitbucket sends about a push names no files. */
function refusePaths(
  { kind }: EventSource<ForgeKind>,
  filter: Pick<PushTrigger, 'paths' | 'ignorePaths'>,
  section: TriggerSection,
): void {
  if (!kind.startsWith('bitbucket')) return;
  for (const key of ['paths', 'ignorePaths'] as const) {
    if (filter[key].length === 0) continue;
    section.context.problems.error(
      'CONFIG_TRIGGER_PATHS',
      { ...section.place(key), key: true },
      {
        message: `Bitbucket does not say which files a push touches, so \`${key}\` cannot be looked at.`,
        hint: `Remove \`${key}\`: every push to the branches starts a run.`,
      },
    );
  }
}
