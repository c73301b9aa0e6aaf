import type { Environment, Model, Platform, Repository, WorkspaceSource } from '../../../config/model.js';
import type { SmokeRequest } from '../../../config/model-rollout.js';
import { findPromotion } from '../../../config/promotion.js';
import { duration } from '../../../config/values/duration.js';
import { applicationName, modelObjectName } from '../../conventions.js';
import { awaitRollout } from '../../tasks/await-rollout.js';
import { promote } from '../../tasks/promote.js';
import { release } from '../../tasks/release.js';
import { smokeTest } from '../../tasks/smoke-test.js';
import { resultOf, runName, stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** The Pod has to start, and Git to be read, before anybody waits. */
const slack = duration('3m');

/** Do runs of a model wait for what they release? */
export function awaitsRollout(platform: Platform, model: Model): boolean {
  return (
    model.training !== undefined && model.rollout.wait && findReleased({ platform, model }) !== undefined
  );
}

/** Waits until the first environment runs what was released; nothing where nothing is released, or nobody wants it. */
export function planRollout(context: GraphContext): readonly Stage[] {
  const { platform, model } = context;
  const released = findReleased(context);
  if (released === undefined || !model.rollout.wait) return [];
  const { first, target } = released;
  const { environment, serving } = first;
  const { timeout } = model.rollout;
  // Objects on another cluster cannot be read from here: what Argo CD says of them has to do.
  const reachable = serving !== undefined && environment.cluster === undefined;
  const kind = serving?.kind === 'deployment' ? 'Deployment' : 'InferenceService';
  const stage = stepStage(awaitRollout, {
    ...describeVersion(context, environment),
    application: applicationName(platform.name, `${environment.name}/${model.name}`),
    applications: platform.namespaces.argocd,
    workload: reachable ? kind : 'none',
    name: modelObjectName(model.name),
    namespace: environment.namespace,
    timeout: String(Math.max(1, Math.round(timeout.milliseconds / 1000))),
    targetRepository: target.url,
    targetBranch: target.branch,
  });
  return [{ ...stage, timeout: { milliseconds: timeout.milliseconds + slack.milliseconds } }];
}

/** Asks what was waited for, and records it as verified. */
export function planSmokeTest(context: GraphContext): readonly Stage[] {
  const { model } = context;
  const released = findReleased(context);
  if (released === undefined || !model.rollout.wait || released.first.serving === undefined) return [];
  const { environment } = released.first;
  const requests = environment.cluster === undefined ? model.rollout.smokeTest : [];
  return [
    stepStage(smokeTest, {
      ...describeVersion(context, environment),
      run: runName,
      url: resultOf(awaitRollout, 'url'),
      requests: JSON.stringify(requests.map(describeRequest)),
      ...describeRepositories(released),
    }),
  ];
}

/** Proposes what was verified for the next environment. */
export function planPromotion(context: GraphContext): readonly Stage[] {
  const released = findReleased(context);
  const next = findPromotion(context.platform, context.model);
  if (released === undefined || next === undefined) return [];
  const { environment: from, model, ...version } = describeVersion(context, released.first.environment);
  const params = {
    model,
    from,
    to: next.name,
    ...version,
    run: runName,
    ...describeRepositories(released),
  };
  return [stepStage(promote, params, { results: { pullRequest: 'promotion', reason: 'promotion-reason' } })];
}

interface Released {
  readonly first: GraphContext['model']['deployments'][number];
  readonly target: Repository;
  readonly source: WorkspaceSource;
}

/** undefined: nothing is released. */
function findReleased({ platform, model }: Pick<GraphContext, 'platform' | 'model'>): Released | undefined {
  const { repository: target, source } = platform;
  const [first] = model.deployments;
  if (target === undefined || source === undefined || first === undefined) return undefined;
  return { first, target, source };
}

function describeVersion({ model }: GraphContext, { name }: Environment) {
  return {
    model: model.name,
    environment: name,
    version: resultOf(release, 'version'),
    image: resultOf(release, 'image'),
  };
}

function describeRepositories({ target, source }: Released) {
  return {
    targetRepository: target.url,
    targetBranch: target.branch,
    sourceRepository: source.url,
    sourceBranch: source.branch,
    sourcePath: source.path === '' ? '.' : source.path,
  };
}

/** As the step's contract has it; what is undefined is left out of the JSON. */
function describeRequest({ latency, ...request }: SmokeRequest): object {
  return { ...request, latency: latency?.milliseconds };
}
