import type { z } from 'zod';
import { release as contract, trainedImage } from '../charts/tasks/release.js';
import { hasGates } from '../config/model-gates.js';
import type { Workspace } from '../config/model.js';
import type { Release } from '../config/release.js';
import type { PublishResult } from '../gitops/publish/publish-request.js';
import { release as publishRelease } from '../gitops/release/release.js';
import type { Remote } from '../gitops/git/remote.js';
import type { Checked } from '../problems/problem.js';
import { demand } from './demand.js';
import { recordRelease } from './lease.js';
import { nameVersion } from './name-version.js';
import { openRemote } from './open-remote.js';
import { readBeginning } from './pipeline-run.js';
import { withPublishedWorkspace } from './published-workspace.js';
import { renderAll } from './render-workspace.js';
import type { Step, StepContext } from './step.js';
import { describeEvaluated } from './evaluation/evaluated.js';
import type { Evaluated } from './evaluation/evaluated.js';
import { readModelImage } from './training-output.js';

type Request = z.output<typeof contract.params>;

/** What the training made, and where it goes. */
interface Material {
  /** When the run began; the same for every attempt. */
  readonly begun: Date;
  readonly image: string;
  readonly evaluated: Evaluated;
  readonly target: Remote;
  readonly source: Remote;
}

/** So often somebody may publish while a release is prepared. */
const attempts = 5;

/**
 * Renders the trained model for its environment and commits it to the GitOps repository. The unit is rendered from the
 * commit of the workspace it already runs, so that a release never brings along what nobody published for it.
 */
export const release: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const material: Material = {
      begun: await readBeginning(context.api(), request.run),
      evaluated: await describeEvaluated(context.workspace()),
      image: request.image === trainedImage ? await readModelImage(context.workspace()) : request.image,
      target: openRemote(request.targetRepository, context.credentials),
      source: openRemote(request.sourceRepository, context.credentials),
    };
    for (let attempt = 1; ; attempt += 1) {
      const { record, published } = await renderAndPublish(request, context, material);
      if (attempt < attempts && hasMoved(published)) {
        context.log('It was published meanwhile; the release is prepared again from the newer commit.');
        continue;
      }
      return conclude(demand(published), record, context);
    }
  },
};

interface Outcome {
  readonly record: Release;
  readonly published: Checked<PublishResult>;
}

/** One attempt, from the commit that is published now. */
function renderAndPublish(request: Request, context: StepContext, material: Material): Promise<Outcome> {
  return withPublishedWorkspace(request, material, async ({ workspace, commit, source }) => {
    context.log(`${request.model} in ${request.environment} runs the workspace at commit ${commit}.`);
    const record = describeRelease(request, context, workspace, material);
    const published = await publishRelease({
      workspace,
      release: record,
      source,
      publishedFrom: commit,
      remote: material.target,
      branch: request.targetBranch,
      render: (releases) => renderAll(workspace, releases),
      onProgress: context.log,
    });
    return { record, published };
  });
}

function hasMoved({ problems }: Checked<PublishResult>): boolean {
  return problems.some(({ code }) => code === 'GITOPS_SOURCE_MOVED');
}

function describeRelease(
  request: Request,
  { now }: StepContext,
  workspace: Workspace,
  material: Material,
): Release {
  const model = workspace.models.find(({ name }) => name === request.model);
  // Without gates nothing was evaluated, whatever lies in the volume.
  const evaluated = model !== undefined && hasGates(model.gates) ? material.evaluated : { metrics: {} };
  return {
    model: request.model,
    environment: request.environment,
    version: nameVersion(material.begun, request.commit),
    image: material.image,
    releasedAt: now().toISOString(),
    by: request.run,
    commit: request.commit,
    ...evaluated,
  };
}

async function conclude({ action, commit = '' }: PublishResult, record: Release, context: StepContext) {
  const { model, environment, version, image } = record;
  await recordRelease(context.api(), model, { at: new Date(record.releasedAt), version });
  context.log(
    action === 'none'
      ? `Version ${version} was released already.`
      : `Released version ${version} to ${environment} with commit ${commit}.`,
  );
  return { version, image, commit };
}
