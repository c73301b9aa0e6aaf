import { formatKeyPath } from '../load/key-path.js';
import type { KeyPath } from '../load/key-path.js';
import type { Problem } from '../../problems/problem.js';
import type { Model, Workspace } from '../model.js';
import type { SmokeRequest } from '../model-rollout.js';
import { findObstacle, findPromotion } from '../promotion.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** What is said about releases and their tests must be possible, and must have an effect. */
export const checkRollout: Rule = (workspace) =>
  workspace.models.flatMap((model) => [
    ...checkUse(workspace, model),
    ...model.rollout.smokeTest.flatMap((request, index) => checkRequest(workspace, model, request, index)),
    ...checkReach(workspace, model),
    ...checkPromotion(workspace, model),
  ]);

/** A token that nobody uses is one that somebody can steal. */
export const checkForgeToken: Rule = (workspace, complete) => {
  const { platform, models } = workspace;
  const used = models.some((model) => findPromotion(platform, model) !== undefined);
  if (platform.delivery.tokenSecret === undefined || used || !complete) return [];
  const [why] = models.flatMap((model) => findObstacle(platform, model)?.why ?? []);
  const message = `No run opens a pull request, so the token is for nothing${why === undefined ? '' : `: ${why}`}.`;
  const subject = { where: platformFile, path: 'delivery.tokenSecret.name' };
  const hint = 'Remove it, or let a run go on to the next environment.';
  return [problemAt(workspace, subject, { code: 'CONFIG_ROLLOUT', severity: 'warning', message, hint })];
};

/** What was asked for in so many words must be possible. */
function checkPromotion(workspace: Workspace, model: Model): readonly Problem[] {
  const obstacle = findObstacle(workspace.platform, model);
  if (model.training === undefined || model.promotion === 'none' || obstacle === undefined) return [];
  if (!isWritten(workspace, model, 'promotion')) return [];
  const message = `No run can propose its version of \`${model.name}\` for the next environment: ${obstacle.why}.`;
  return [report(workspace, model, 'promotion', { message, hint: obstacle.hint })];
}

const keys = ['rollout.wait', 'rollout.timeout', 'rollout.smokeTest', 'promotion'] as const;

/** Nothing is released by a run that there is not. */
function checkUse(workspace: Workspace, model: Model): readonly Problem[] {
  const { name, training } = model;
  const trained = training !== undefined || workspace.origins.has(`${name}:training.timeout`);
  if (!trained) {
    const written = keys.find((key) => isWritten(workspace, model, key));
    if (written === undefined) return [];
    return [
      report(workspace, model, written, {
        message: `\`${written}\` of \`${name}\` has no effect: it has no \`training\`, so no run releases it.`,
        hint: 'Describe the `training`, or remove it.',
      }),
    ];
  }
  if (model.rollout.wait) return [];
  return keys
    .filter((key) => key === 'rollout.timeout' || key === 'rollout.smokeTest')
    .filter((key) => isWritten(workspace, model, key))
    .map((key) =>
      report(workspace, model, key, {
        message: `\`${key}\` has no effect: \`rollout.wait\` is \`false\`, so no run waits for its release.`,
        hint: 'Remove one of the two.',
      }),
    );
}

function checkRequest(
  workspace: Workspace,
  model: Model,
  request: SmokeRequest,
  index: number,
): readonly Problem[] {
  const at = (...path: KeyPath) => formatKeyPath(['rollout', 'smokeTest', index, ...path]);
  const found: Problem[] = [];
  if (request.body !== undefined && request.bodyFile !== undefined)
    found.push(
      report(workspace, model, at('bodyFile'), {
        message: 'The request has a `body` and a `bodyFile`.',
        hint: 'Remove one of the two.',
      }),
    );
  for (const { pointer, min, max } of request.values) {
    const path = at('expect', 'values', pointer, min === undefined ? 'max' : 'min');
    if (min === undefined && max === undefined)
      found.push(
        report(workspace, model, at('path'), {
          message: `The value at \`${pointer}\` has neither \`min\` nor \`max\`, so it may be anything.`,
          hint: 'Give it one of them, or remove it.',
        }),
      );
    if (min !== undefined && max !== undefined && min > max)
      found.push(
        report(workspace, model, path, {
          message: `No answer can be good: at \`${pointer}\`, \`min\` ${min} is above \`max\` ${max}.`,
          hint: 'Exchange them, or remove one.',
        }),
      );
  }
  const text = JSON.stringify(request);
  if (text.includes('$('))
    found.push(
      problemAt(
        workspace,
        { where: model.name, path: at('path') },
        {
          code: 'CONFIG_TEKTON_EXPRESSION',
          message: 'The request contains `$(`, which Tekton would expand or refuse.',
          hint: 'Put the body into a file of the source, and name it in `bodyFile`.',
        },
      ),
    );
  if (text.length > largestRequest)
    found.push(
      report(workspace, model, at('path'), {
        message: `The request has ${text.length} characters, more than the ${largestRequest} that a Pipeline should hold.`,
        hint: 'Put the body into a file of the source, and name it in `bodyFile`.',
      }),
    );
  return found;
}

const largestRequest = 16_384;

/** Requests that are written down need somebody who answers, and whom the run reaches. */
function checkReach(workspace: Workspace, model: Model): readonly Problem[] {
  const [first] = model.deployments;
  const key = 'rollout.smokeTest';
  if (first === undefined || !isWritten(workspace, model, key) || model.rollout.smokeTest.length === 0)
    return [];
  const refuse = (message: string, hint: string) => [report(workspace, model, key, { message, hint })];
  const { environment, serving } = first;
  if (serving === undefined)
    return refuse(
      `Nobody can be asked: \`${model.name}\` has no \`serving\` in \`${environment.name}\`.`,
      'Describe how it is served, or remove the requests.',
    );
  if (environment.cluster !== undefined)
    return refuse(
      `Runs cannot reach \`${model.name}\` in \`${environment.name}\`, which is on cluster \`${environment.cluster.name}\`.`,
      'Remove the requests: that Argo CD finds it healthy is all a run can see there.',
    );
  if (serving.kind === 'inferenceservice' && serving.authentication === true)
    return refuse(
      `The server of \`${model.name}\` in \`${environment.name}\` asks for a token, and runs have none.`,
      'Remove the requests, or turn off `serving.authentication` in this environment.',
    );
  const { toolings } = workspace.platform.namespaces;
  if (environment.callers !== undefined && !environment.callers.includes(toolings))
    return refuse(
      `Runs cannot reach \`${model.name}\` in \`${environment.name}\`: their namespace is not one of its \`callers\`.`,
      `Add \`${toolings}\` to \`environments.${environment.name}.callers\`.`,
    );
  return [];
}

/** By the user, in any layer. A list of maps has its origins at its items. */
function isWritten({ origins }: Workspace, { name }: Model, key: string): boolean {
  return findOrigin({ origins }, name, key)?.position !== undefined;
}

function findOrigin({ origins }: Pick<Workspace, 'origins'>, where: string, key: string) {
  return origins.get(`${where}:${key}`) ?? origins.get(`${where}:${key}[0].path`);
}

function report(
  workspace: Workspace,
  model: Model,
  path: string,
  words: { readonly message: string; readonly hint: string },
): Problem {
  const known = workspace.origins.has(`${model.name}:${path}`);
  const subject = { where: model.name, path: known ? path : `${path}[0].path` };
  return problemAt(workspace, subject, { code: 'CONFIG_ROLLOUT', ...words });
}
