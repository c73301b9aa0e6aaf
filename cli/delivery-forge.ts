import type { Delivery, DeliveryMode } from '../config/model.js';
import { locateOnForge } from '../config/values/forge-location.js';
import type { Forge } from '../gitops/forges/forge.js';
import { openForge } from '../gitops/forges/open-forge.js';
import type { DeliveryPart } from '../gitops/publish/delivery-parts.js';
import { partition } from '../gitops/publish/delivery-parts.js';
import type { PublishRequest } from '../gitops/publish/publish-request.js';
import type { Checked } from '../problems/problem.js';
import type { Session } from './session.js';

/** How the command line decides about pull requests. */
export interface ForgeOptions {
  readonly to?: string | undefined;
  readonly push?: boolean;
  readonly pullRequest?: boolean;
  readonly forgeUrl?: string;
}

/** What is pushed and what goes by pull request. A repository that `--to` names has no settings: it is pushed to. */
export function choosePaths(
  { workspace, remote, selection = {} }: PublishRequest,
  options: ForgeOptions,
  session: Session,
): readonly DeliveryPart[] {
  const { delivery } = workspace.platform;
  const mode = modeOf(options);
  const parts = partition({ workspace, delivery, selection, mode });
  if (mode !== undefined || options.to === undefined) return parts;
  const proposes = parts.some((part) => part.mode === 'pull-request');
  if (proposes && locateOnForge(remote.url) !== undefined)
    session.terminal.log(
      'everything is pushed, because the repository is named on the command line; see --pull-request',
    );
  return partition({ workspace, delivery, selection, mode: 'push' });
}

function modeOf({ push, pullRequest }: ForgeOptions): DeliveryMode | undefined {
  return push === true ? 'push' : pullRequest === true ? 'pull-request' : undefined;
}

/** The forge of the repository that is published to. */
export function openForgeOf(
  { remote, workspace, signal }: PublishRequest,
  options: ForgeOptions,
  session: Session,
): Checked<Forge> {
  const known: Delivery['forge'] = options.to === undefined ? workspace.platform.delivery.forge : undefined;
  const apiUrl = options.forgeUrl ?? known?.apiUrl;
  const { environment } = session.terminal;
  return openForge(remote.url, { environment, signal, api: known?.api, apiUrl });
}

/** The forge, where what changes in an environment goes by pull request; nothing where it is pushed or only tried. */
export function openWay(
  request: PublishRequest,
  { delivered, model }: { readonly delivered?: string; readonly model: string },
  options: ForgeOptions,
  session: Session,
): Checked<{ readonly forge?: Forge }> {
  if (delivered === undefined || request.dryRun === true) return { value: {}, problems: [] };
  const selection = { environments: [delivered], models: [model] };
  const proposed = choosePaths({ ...request, selection }, options, session).some(
    ({ mode }) => mode === 'pull-request',
  );
  if (!proposed) return { value: {}, problems: [] };
  const { value: forge, problems } = openForgeOf(request, options, session);
  return { value: forge === undefined ? undefined : { forge }, problems };
}
