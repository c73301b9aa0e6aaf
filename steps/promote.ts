import type { z } from 'zod';
import { promote as contract } from '../charts/tasks/promote.js';
import { openForge } from '../gitops/forges/open-forge.js';
import type { Forge } from '../gitops/forges/forge.js';
import { promote as proposeRelease } from '../gitops/release/promote.js';
import type { RecordResult } from '../gitops/release/record-delivery.js';
import type { ProblemCode } from '../problems/codes.js';
import type { Checked } from '../problems/problem.js';
import { demand } from './demand.js';
import { openRemote } from './open-remote.js';
import { withPublishedWorkspace } from './published-workspace.js';
import type { PublishedWorkspace } from './published-workspace.js';
import { renderAll } from './render-workspace.js';
import type { Step, StepContext } from './step.js';

type Request = z.output<typeof contract.params>;

/** What a person decided, or what others did meanwhile: no failure of this run, which has done its work. */
const refusals: readonly ProblemCode[] = [
  'GITOPS_RELEASE_PINNED',
  'GITOPS_RELEASE_QUARANTINED',
  'GITOPS_RELEASE_OLDER',
  'GITOPS_RELEASE_OTHER_VERSION',
];

/**
 * Opens the pull request that brings the tested version to the next environment, rendered from the workspace that
 * environment was last published from. An environment that somebody pinned stays as it is, and the reason is a result.
 */
export const promote: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const target = openRemote(request.targetRepository, context.credentials);
    const source = openRemote(request.sourceRepository, context.credentials);
    const place = { ...request, environment: request.to };
    const proposed = await withPublishedWorkspace(place, { target, source }, (published) =>
      propose(request, context, published),
    );
    return conclude(request, context, proposed);
  },
};

/** Instead of an address, because Tekton's results should not be empty. */
const noPullRequest = 'none';

function propose(
  request: Request,
  context: StepContext,
  { workspace, source }: PublishedWorkspace,
): Promise<Checked<RecordResult>> {
  const { model, from, to, version, image, run } = request;
  return proposeRelease({
    workspace,
    model,
    from,
    to,
    // Naming it as `version` would lift a pin, which is a person's to do.
    tested: { version, image },
    by: run,
    source,
    forge: demand(openForgeOf(request, workspace.platform.delivery.forge)),
    remote: openRemote(request.targetRepository, context.credentials),
    branch: request.targetBranch,
    render: (releases) => renderAll(workspace, releases),
    onProgress: context.log,
  });
}

function openForgeOf(
  { targetRepository }: Request,
  known: PublishedWorkspace['workspace']['platform']['delivery']['forge'],
): Checked<Forge> {
  return openForge(targetRepository, { api: known?.api, apiUrl: known?.apiUrl });
}

function conclude(request: Request, context: StepContext, proposed: Checked<RecordResult>) {
  const { from, to, version } = request;
  const errors = proposed.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 && errors.every(({ code }) => refusals.includes(code))) {
    const reason = `Version ${version} is not proposed for ${to}, because ${errors.map(({ message }) => message).join(', and ')}.`;
    context.log(reason);
    return { promoted: 'false', pullRequest: noPullRequest, reason: reason.slice(0, 1000) };
  }
  const { note, action, pullRequest } = demand(proposed);
  const url = pullRequest?.url ?? noPullRequest;
  const reason =
    note ?? `${describeAction(action)} for version ${version}, verified in ${from}, to come to ${to}`;
  context.log(`${reason}${url === noPullRequest ? '' : `: ${url}`}.`);
  return { promoted: 'true', pullRequest: url, reason: `${reason}.` };
}

function describeAction(action: RecordResult['action']): string {
  switch (action) {
    case 'pull-request-opened':
      return 'A pull request was opened';
    case 'pull-request-updated':
      return 'The pull request was brought up to date';
    case 'pull-request-unchanged':
      return 'The pull request is there already';
    case 'none':
    case 'planned':
    case 'pushed':
      return 'There was nothing left to do';
  }
}
