import { formatKeyPath } from '../load/key-path.js';
import type { KeyPath } from '../load/key-path.js';
import type { Action, Deployment, Gates, Model, Workspace } from '../model.js';
import type { Problem } from '../../problems/problem.js';
import { actionKeys, categories } from '../resolve/resolve-sections.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';
import { hasUnresolvedTrigger } from './unresolved-triggers.js';

/** What an alert asks for must be possible, and what is possible should be asked for. */
export const checkActions: Rule = (workspace) =>
  workspace.models.flatMap((model) => [
    ...model.deployments.flatMap((deployment) => checkDeployment(workspace, model, deployment)),
    ...checkUnused(workspace, model),
    ...checkEmpty(workspace, model),
  ]);

/** A model that asks for an action in vain; that of a default is for other models, too. */
function checkEmpty(workspace: Workspace, model: Model): readonly Problem[] {
  const wheres = model.deployments.map(({ environment }) => `${model.name}/${environment.name}`);
  const written = (where: string, path: string) => workspace.origins.get(`${where}:${path}`);
  return categories.flatMap((category) => {
    const path = `${category}.${actionKeys[category]}`;
    const asking = wheres.find((where) => {
      const { layer = 'built-in default', value } = written(where, path) ?? {};
      return layer.startsWith('model') && Array.isArray(value) && value.length > 0;
    });
    const isEmpty = (where: string) => {
      const value = written(where, `${category}.detectors`)?.value;
      return Array.isArray(value) && value.length === 0;
    };
    if (asking === undefined || !wheres.every(isEmpty)) return [];
    const message = `\`${path}\` has nothing to react to: \`${category}\` of \`${model.name}\` has no detectors.`;
    const hint = `List some, or remove \`${category}\`.`;
    return [
      problemAt(
        workspace,
        { where: asking, path },
        { code: 'CONFIG_NO_DETECTOR', severity: 'warning', message, hint },
      ),
    ];
  });
}

function checkDeployment(workspace: Workspace, model: Model, deployment: Deployment): readonly Problem[] {
  const categories = new Set(deployment.detectors.map(({ category }) => category));
  return [...categories].flatMap((category) => {
    const actions = deployment.detectors.find((each) => each.category === category)?.actions ?? [];
    const subject = {
      where: `${model.name}/${deployment.environment.name}`,
      path: `${category}.${actionKeys[category]}`,
    };
    const asks = (action: Action) => actions.includes(action);
    const problems: Problem[] = [];
    if (!workspace.origins.has(`${subject.where}:${subject.path}`))
      problems.push(noAction(workspace, subject.where, category));
    if (asks('retrain') && !isTrained(workspace, model)) {
      const message = `\`${model.name}\` asks for retraining, but has no \`training\`.`;
      const hint = `Describe the \`training\`, or leave \`retrain\` out of \`${subject.path}\`.`;
      problems.push(problemAt(workspace, subject, { code: 'CONFIG_RETRAIN_IMPOSSIBLE', message, hint }));
    }
    if (asks('notify') && workspace.platform.receivers.length === 0) {
      const message = `\`${subject.path}\` notifies, but \`driftloop.yaml\` names no \`receivers\`.`;
      const hint = 'Name some, or the alert is seen in Prometheus only.';
      problems.push(
        problemAt(workspace, subject, { code: 'CONFIG_NO_RECEIVER', severity: 'warning', message, hint }),
      );
    }
    return problems;
  });
}

/** Written, even when it could not be resolved: one problem is enough. */
function isTrained(workspace: Workspace, model: Model): boolean {
  return model.training !== undefined || workspace.origins.has(`${model.name}:training.timeout`);
}

function noAction(workspace: Workspace, where: string, category: keyof typeof actionKeys): Problem {
  const key = actionKeys[category];
  return problemAt(
    workspace,
    { where, path: `${category}.detectors[0].metric` },
    {
      code: 'CONFIG_NO_ACTION',
      severity: 'warning',
      message: `\`${category}\` has detectors, but nothing happens when they are violated.`,
      hint: `Write \`${key}: [notify]\`, or \`${key}: []\` to only record it.`,
    },
  );
}

/** Written, even when it could not be resolved. */
function startsOtherwise(workspace: Workspace, model: Model): boolean {
  const works = Object.values(model.triggers).some((trigger) => trigger !== undefined && trigger !== false);
  return works || hasUnresolvedTrigger(workspace, model);
}

function checkUnused(workspace: Workspace, model: Model): readonly Problem[] {
  const retrains = model.deployments.some(({ environment }) =>
    Object.entries(actionKeys).some(([category, key]) => {
      // What was written counts: a section that could not be resolved has no detectors.
      const written = workspace.origins.get(`${model.name}/${environment.name}:${category}.${key}`)?.value;
      return Array.isArray(written) && written.includes('retrain');
    }),
  );
  const gate = firstGate(model.gates);
  if (
    model.training !== undefined &&
    !retrains &&
    !startsOtherwise(workspace, model) &&
    workspace.environments.length > 0
  ) {
    const message = `Nothing starts the training of \`${model.name}\`: no section asks for \`retrain\`.`;
    return [
      problemAt(
        workspace,
        { where: model.name, path: 'training.image' },
        {
          code: 'CONFIG_TRAINING_UNUSED',
          severity: 'warning',
          message,
          hint: 'Write `onDrift: [notify, retrain]` or `triggers`, or remove `training`.',
        },
      ),
    ];
  }
  if (gate === undefined || isTrained(workspace, model)) return [];
  const path = formatKeyPath(['gates', ...gate]);
  const message = `The gates of \`${model.name}\` are never looked at: it has no \`training\`.`;
  return [
    problemAt(
      workspace,
      { where: model.name, path },
      {
        code: 'CONFIG_TRAINING_UNUSED',
        severity: 'warning',
        message,
        hint: 'Describe the `training`, or remove the `gates`.',
      },
    ),
  ];
}

/** Path of a value that somebody wrote. */
function firstGate({ metrics, fairness, latency }: Gates): KeyPath | undefined {
  const [[gate], [fair], [budget]] = [metrics, fairness, latency];
  if (gate !== undefined) {
    const key = gate.min === undefined ? (gate.max === undefined ? 'improveOver' : 'max') : 'min';
    return ['metrics', gate.metric, key];
  }
  if (fair !== undefined) return ['fairness', fair.metric, 'reference'];
  return budget && ['latency', budget.percentile];
}
