import type { Problem } from '../../problems/problem.js';
import { concerns, planAudience } from '../audience.js';
import { formatKeyPath } from '../load/key-path.js';
import type { AlertClass, Detector, DetectorCategory, Receiver, Workspace } from '../model.js';
import { platformFile } from '../resolve/resolve-platform.js';
import { actionKeys } from '../resolve/resolve-sections.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** What is told is told somebody. */
export const checkListeners: Rule = (workspace) => {
  const { receivers } = workspace.platform;
  if (receivers.length === 0) return [];
  return workspace.models.flatMap((model) =>
    model.deployments.flatMap((deployment) => {
      const { environment, detectors } = deployment;
      return planAudience(receivers, model, deployment)
        .unheard.filter(({ category }) => notifies(detectors, category))
        .map((each) =>
          reportUnheard(workspace, { model: model.name, environment: environment.name, detectors }, each),
        );
    }),
  );
};

/** A section that asks for nobody's attention is told to nobody on purpose. */
function notifies(detectors: readonly Detector[], category: DetectorCategory | undefined): boolean {
  return detectors.some(
    (detector) =>
      detector.actions.includes('notify') && (category === undefined || detector.category === category),
  );
}

function reportUnheard(
  workspace: Workspace,
  { model, environment, detectors }: { model: string; environment: string; detectors: readonly Detector[] },
  { severity, category }: AlertClass,
): Problem {
  const asking = category ?? detectors.find(({ actions }) => actions.includes('retrain'))?.category;
  const path = asking === undefined ? '' : `${asking}.${actionKeys[asking]}`;
  const what = category === undefined ? 'a run that does not start' : `${severity} alerts about ${category}`;
  return problemAt(
    workspace,
    { where: `${model}/${environment}`, path },
    {
      code: 'CONFIG_ALERT_UNHEARD',
      severity: 'warning',
      message: `Nobody is told of ${what} of \`${model}\` in \`${environment}\`.`,
      hint: 'Widen the filters of a receiver, or give one `default: true`.',
    },
  );
}

/** Everybody is told something: a receiver whose filters nothing passes that any model can raise is there for nothing. */
export const checkDeaf: Rule = (workspace, complete) => {
  if (!complete) return [];
  const heard = listHeard(workspace);
  const watched = workspace.models.some(({ deployments }) =>
    deployments.some(({ detectors }) => detectors.length > 0),
  );
  if (!watched) return [];
  return workspace.platform.receivers
    .filter((receiver) => !receiver.default && !heard.has(receiver.name))
    .filter((receiver) => isNearAnything(workspace, receiver))
    .map((receiver) => {
      const key = receiver.severities.length > 0 ? 'severities' : 'categories';
      return problemAt(
        workspace,
        { where: platformFile, path: formatKeyPath(['receivers', receiver.name, key]) },
        {
          code: 'CONFIG_RECEIVER_SILENT',
          severity: 'warning',
          message: `\`${receiver.name}\` is never told anything: no detector is of such a kind.`,
          hint: 'Widen its filters, or set the `severity` of a section or detector.',
        },
      );
    });
};

function listHeard({ platform: { receivers }, models }: Workspace): ReadonlySet<string> {
  const listeners = models.flatMap((model) =>
    model.deployments.flatMap((deployment) => planAudience(receivers, model, deployment).listeners),
  );
  return new Set(listeners.map(({ receiver }) => receiver.name));
}

/** Else its filter of models was reported. */
function isNearAnything({ models }: Workspace, receiver: Receiver): boolean {
  return models.some(({ name, deployments }) =>
    deployments.some(
      ({ environment, detectors }) => detectors.length > 0 && concerns(receiver, name, environment.name),
    ),
  );
}
