import type { Workspace } from '../model.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import type { Need } from './unsupported.js';
import { checkNeed } from './unsupported.js';

/** The stated versions have what everybody who does the same gets rendered. */
export const checkVersions: Rule = (workspace) =>
  [...needsOfAlerts(workspace), ...needsOfTraining(workspace), ...needsOfServing(workspace)].flatMap(
    (need) => checkNeed(workspace, need) ?? [],
  );

function needsOfAlerts({ platform, models }: Workspace): readonly Need[] {
  const watched = models.some(({ deployments }) =>
    deployments.some(({ detectors }) => detectors.some(({ actions }) => actions.length > 0)),
  );
  if (!watched || platform.alerting.keepFiringFor.milliseconds === 0) return [];
  return [
    {
      feature: 'keepFiringFor',
      value: true,
      subject: { where: platformFile, path: 'alerting.keepFiringFor' },
      words: '`alerting.keepFiringFor`, by which flapping stays one episode,',
      otherwise:
        'Without it write `alerting: { keepFiringFor: 0s }`; an alert that flaps then starts several runs.',
    },
  ];
}

function needsOfTraining({ models }: Workspace): readonly Need[] {
  const trained = models.find(({ training }) => training !== undefined);
  if (trained === undefined) return [];
  const subject = { where: platformFile, path: 'versions.tekton' };
  return [{ feature: 'tektonV1', value: true, subject, words: `Retraining \`${trained.name}\`` }];
}

function needsOfServing({ models }: Workspace): readonly Need[] {
  const served = models.find(({ deployments }) =>
    deployments.some(({ serving }) => serving?.kind === 'inferenceservice'),
  );
  if (served === undefined) return [];
  const subject = { where: platformFile, path: 'versions.kserve' };
  const words = `Serving \`${served.name}\` from an image`;
  return [{ feature: 'modelImages', value: true, subject, words }];
}
