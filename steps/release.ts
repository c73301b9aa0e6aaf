import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { release as contract } from '../charts/tasks/release.js';
import { planUnits } from '../charts/units.js';
import { loadWorkspace } from '../config/load-workspace.js';
import type { Workspace } from '../config/model.js';
import type { Release, Releases } from '../config/release.js';
import { readHydratorMetadata } from '../gitops/hydrator-metadata.js';
import { release as publishRelease } from '../gitops/release.js';
import type { Remote } from '../gitops/remote.js';
import { describeSourceCommit } from '../gitops/source-commit.js';
import { Target } from '../gitops/target.js';
import { hasErrors } from '../problems/problem.js';
import type { Checked } from '../problems/problem.js';
import type { RenderedUnit } from '../synth/manifest.js';
import { renderUnits } from '../synth/render.js';
import { validateManifests } from '../validate/validate.js';
import { checkoutCommit } from './checkout.js';
import { recordRelease } from './lease.js';
import { openRemote } from './open-remote.js';
import { StepFailure } from './step-failure.js';
import type { Step, StepContext } from './step.js';
import { readMetrics, readModelImage } from './training-output.js';

type Request = z.output<typeof contract.params>;

/**
 * Renders the trained model for its environment and commits it to the GitOps repository. The environment is rendered
 * from the commit of the workspace it already runs, so that a release never brings along what nobody published.
 */
export const release: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const image = await readModelImage(context.workspace());
    const target = openRemote(request.targetRepository, context.credentials);
    const directory = await mkdtemp(join(tmpdir(), 'driftloop-source-'));
    try {
      const commit = await findPublishedCommit(target, request);
      const source = openRemote(request.sourceRepository, context.credentials);
      await checkoutCommit(source, request.sourceBranch, commit, directory);
      context.log(`The environment ${request.environment} runs the workspace at commit ${commit}.`);
      return await deliver(request, context, {
        image,
        target,
        directory: join(directory, request.sourcePath),
      });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

async function findPublishedCommit(remote: Remote, { environment, targetBranch }: Request): Promise<string> {
  const target = await Target.open(remote);
  try {
    const metadata = await readHydratorMetadata(await target.fetch(targetBranch), environment);
    if (metadata.value === undefined && !hasErrors(metadata.problems)) {
      throw new StepFailure(
        `${environment} was never published to ${remote.url} from a commit: publish it once.`,
      );
    }
    return demand(metadata).drySha;
  } finally {
    await target.close();
  }
}

interface Material {
  readonly image: string;
  readonly target: Remote;
  /** Where the workspace is checked out. */
  readonly directory: string;
}

async function deliver(request: Request, context: StepContext, { image, target, directory }: Material) {
  const workspace = demand(loadWorkspace(directory));
  const record = await describeRelease(request, context, workspace, image);
  const published = await publishRelease({
    workspace,
    release: record,
    source: await describeSourceCommit(directory),
    remote: target,
    branch: request.targetBranch,
    render: (releases) => renderModel(workspace, releases, record),
    onProgress: context.log,
  });
  const { action, commit = '' } = demand(published);
  await recordRelease(context.api(), record.model, {
    at: new Date(record.releasedAt),
    version: record.version,
  });
  context.log(
    action === 'none'
      ? `Version ${record.version} was released already.`
      : `Released version ${record.version} to ${record.environment} with commit ${commit}.`,
  );
  return { version: record.version, image, commit };
}

/** The version is made of the run alone, so that an attempt after a failed one makes the same. */
async function describeRelease(
  request: Request,
  { workspace: volume, now }: StepContext,
  workspace: Workspace,
  image: string,
): Promise<Release> {
  const gates = workspace.models.find(({ name }) => name === request.model)?.gates ?? [];
  const metrics = await readMetrics(volume());
  return {
    model: request.model,
    environment: request.environment,
    version: `${request.startedAt}-${request.commit.slice(0, 7)}`,
    image,
    releasedAt: now().toISOString(),
    by: request.run,
    commit: request.commit,
    metrics: Object.fromEntries(
      gates.flatMap(({ metric }) => {
        const value = metrics.get(metric);
        return typeof value === 'number' ? [[metric, value]] : [];
      }),
    ),
  };
}

/** Everything is rendered and checked, because a unit alone cannot show that the chain still holds. */
function renderModel(
  workspace: Workspace,
  releases: Releases,
  { environment, model }: Release,
): Checked<readonly RenderedUnit[]> {
  const units = [...renderUnits(planUnits(workspace, releases))];
  const problems = validateManifests(units.flatMap(({ manifests }) => manifests));
  if (hasErrors(problems)) return { value: undefined, problems };
  return {
    value: units.filter(({ unit }) => unit.environment === environment && unit.model === model),
    problems,
  };
}

/** A value, or its errors as one failure. */
function demand<T>({ value, problems }: Checked<T>): T {
  if (value !== undefined) return value;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new StepFailure(
    errors.map(({ code, message }) => `${code}: ${message.replace(/\.$/, '')}.`).join('\n'),
  );
}
