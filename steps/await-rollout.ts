import type { z } from 'zod';
import { awaitRollout as contract, unknownAddress } from '../charts/tasks/await-rollout.js';
import { awaitApplications } from '../gitops/argocd/await-applications.js';
import { readReleaseHistory } from '../gitops/release/history.js';
import { HeldRevisions } from '../gitops/target/held-revisions.js';
import { Target } from '../gitops/target/target.js';
import { OutsideError } from '../gitops/outside-error.js';
import type { KubernetesApi } from './kubernetes-api.js';
import { openRemote } from './open-remote.js';
import { judgeDeployment, judgeInferenceService } from './rollout/serving-state.js';
import type { ServingState } from './rollout/serving-state.js';
import { StepFailure } from './step-failure.js';
import type { Step, StepContext } from './step.js';

type Request = z.output<typeof contract.params>;

/** Milliseconds between two looks at what serves the model. */
const pause = 2000;

/**
 * Waits for Argo CD first and for the servers then, because an Application may be called healthy by what was there before.
 * What is waited for is the commit that brought the version, or one on top of it that still holds it.
 */
export const awaitRollout: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const deadline = context.now().getTime() + request.timeout * 1000;
    const target = await Target.open(openRemote(request.targetRepository, context.credentials));
    try {
      const commit = await findRelease(target, request);
      await awaitApplication(
        request,
        context,
        deadline,
        new HeldRevisions(target, request.targetBranch, commit),
      );
    } finally {
      await target.close();
    }
    const url = request.workload === 'none' ? unknownAddress : await awaitServers(request, context, deadline);
    context.log(`${request.environment} runs version ${request.version} of ${request.model}.`);
    return { url };
  },
};

/** The commit that brought the version. Somebody who was faster has released something else by now. */
async function findRelease(target: Target, request: Request): Promise<string> {
  const { model, environment, version, image, targetBranch } = request;
  const { releases } = await readReleaseHistory(target, targetBranch, model, [environment]);
  const current = releases.find((past) => past.current);
  if (current?.release.version === version && current.release.image === image) return current.delivered.sha;
  const instead = current === undefined ? 'no version' : `version ${current.release.version}`;
  throw new StepFailure(
    `${environment} is to run ${instead} of ${model} by now, so version ${version} is not waited for.`,
  );
}

async function awaitApplication(
  request: Request,
  context: StepContext,
  deadline: number,
  held: HeldRevisions,
): Promise<void> {
  const { application: name, applications: namespace, model, environment } = request;
  const api = context.api().inNamespace(namespace);
  const rollout = await awaitApplications({
    applications: [{ name, unit: `${environment}/${model}`, stays: true }],
    read: async () => readPatiently(() => api.read('applications', name)),
    holds: (revision) => held.holds(revision),
    timeout: Math.max(0, deadline - context.now().getTime()),
    onChange: ({ state, reason }) => {
      if (state === 'waiting') context.log(`Application ${name}: ${reason}.`);
    },
    clock: { now: context.now, wait: context.wait, random: Math.random },
  });
  if (rollout.outcome === 'arrived') return;
  const why = rollout.applications.map(({ reason }) => reason).join('; ');
  throw new StepFailure(
    rollout.outcome === 'failed'
      ? `Argo CD could not bring version ${request.version} to ${environment}: ${why}.`
      : `Version ${request.version} was not applied to ${environment} within ${request.timeout} s: ${why}.`,
  );
}

/** A server that is away or overloaded comes back. */
async function readPatiently(
  read: () => Promise<unknown>,
): Promise<{ readonly object: unknown } | { readonly unreachable: string }> {
  try {
    return { object: await read() };
  } catch (error) {
    if (error instanceof OutsideError) return { unreachable: error.message };
    throw error;
  }
}

async function awaitServers(request: Request, context: StepContext, deadline: number): Promise<string> {
  const { workload, name, namespace, environment, version } = request;
  const api = context.api().inNamespace(namespace);
  let last = '';
  for (;;) {
    const found = await look(api, request);
    if (found.state === 'arrived') return found.url ?? `http://${name}.${namespace}.svc.cluster.local`;
    if (found.state === 'failed')
      throw new StepFailure(
        `${workload} ${name} cannot run version ${version} in ${environment}: ${found.reason}.`,
      );
    if (found.reason !== last) context.log(`${workload} ${name}: ${found.reason}.`);
    last = found.reason;
    if (context.now().getTime() >= deadline)
      throw new StepFailure(
        `${workload} ${name} did not run version ${version} in ${environment} within ${request.timeout} s: ${last}.`,
      );
    await context.wait(pause);
  }
}

async function look(api: KubernetesApi, request: Request): Promise<ServingState> {
  const { workload, name } = request;
  const isDeployment = workload === 'Deployment';
  const read = await readPatiently(() => api.read(isDeployment ? 'deployments' : 'inferenceservices', name));
  if ('unreachable' in read) return { state: 'waiting', reason: read.unreachable };
  if (read.object === undefined) return { state: 'waiting', reason: 'it is not there' };
  return isDeployment ? judgeDeployment(read.object, request) : judgeInferenceService(read.object, request);
}
