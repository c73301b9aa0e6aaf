import { loadWorkspace } from '../config/load-workspace.js';
import type { Platform } from '../config/model.js';
import { noMemory } from '../config/model-memory.js';
import { embeddedRemote } from '../gitops/git/embedded.js';
import type { PublishRequest } from '../gitops/publish/publish-request.js';
import { parseRemote, readCredentials } from '../gitops/git/remote.js';
import type { Remote } from '../gitops/git/remote.js';
import type { Selection } from '../gitops/plan/selection.js';
import { describeSourceCommit, relationToSource } from '../gitops/git/source-commit.js';
import { hasErrors } from '../problems/problem.js';
import type { Checked } from '../problems/problem.js';
import type { DeliveryOptions } from './delivery-options.js';
import { checkSelection } from './selection.js';
import type { Session } from './session.js';

/** `--to embedded`: the local bare repository of the workspace. */
const embedded = 'embedded';

/** Everything publishing needs to know, from the command line and the workspace. */
export async function prepareRequest(
  session: Session,
  options: DeliveryOptions,
  selection: Selection,
  signal: AbortSignal,
): Promise<Checked<PublishRequest>> {
  const directory = session.resolve(options.directory);
  const { value: workspace, problems } = loadWorkspace(directory, noMemory);
  if (workspace === undefined) return { value: undefined, problems };
  const target = chooseRemote(session, options, workspace.platform);
  const found = [...problems, ...checkSelection(selection, workspace), ...target.problems];
  if (target.value === undefined || hasErrors(found)) return { value: undefined, problems: found };
  const reach = await chooseReach(session, options, workspace.platform, target.value, signal);
  if (reach.value === undefined) return { value: undefined, problems: [...found, ...reach.problems] };
  session.progress.say('Reading the GitOps repository');
  // Heavy, and needed only once Git has fetched: it is loaded meanwhile.
  const loading = import('./delivery-rendering.js');
  let rendering: Awaited<typeof loading> | undefined;
  const request: PublishRequest = {
    workspace,
    selection,
    remote: target.value,
    branch: workspace.platform.repository?.branch ?? 'main',
    render: async (releases) => {
      rendering = await loading;
      return rendering.renderDelivery(workspace, releases, session.progress);
    },
    // Asked for after something was rendered.
    rehearse: (units, releases) => rendering?.rehearseUnits(workspace, releases, units),
    source: await describeSourceCommit(directory, signal),
    relationTo: (commit) => relationToSource(directory, commit, signal),
    allowOlder: options.allowOlder,
    overwrite: options.overwrite,
    allowCollapse: options.allowCollapse,
    onProgress: (message) => {
      session.terminal.log(message);
    },
    environment: session.terminal.environment,
    signed: workspace.platform.delivery.signed,
    ...reach.value,
    signal,
  };
  return { value: request, problems: found };
}

/** Over the API of the forge where driftloop.yaml says so; a repository that `--to` names has no settings. */
async function chooseReach(
  session: Session,
  { to }: DeliveryOptions,
  { delivery: { commits, forge, signed } }: Platform,
  remote: Remote,
  signal: AbortSignal,
): Promise<Checked<Pick<PublishRequest, 'openTarget'>>> {
  if (to !== undefined || commits === 'git') return { value: {}, problems: [] };
  // Heavy, and needed by few.
  const { openApiTarget } = await import('../gitops/target/open-api-target.js');
  const { environment } = session.terminal;
  const settings = { environment, signal, apiUrl: forge?.apiUrl, signed };
  const { value: target, problems } = openApiTarget(remote.url, settings);
  if (target === undefined) return { value: undefined, problems };
  return { value: { openTarget: () => Promise.resolve(target) }, problems };
}

function chooseRemote(
  session: Session,
  { to, directory }: DeliveryOptions,
  platform: Platform,
): Checked<Remote> {
  const { cwd, environment } = session.terminal;
  const address = to ?? platform.repository?.url ?? embedded;
  if (address === embedded) return { value: embeddedRemote(session.resolve(directory)), problems: [] };
  const { value: found, problems } = readCredentials(environment);
  return found === undefined ? { value: undefined, problems } : parseRemote(address, cwd, found.credentials);
}
