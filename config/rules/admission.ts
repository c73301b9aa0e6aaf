import type { Problem } from '../../problems/problem.js';
import type { Admission } from '../model-admission.js';
import type { Model, Workspace } from '../model.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** What admission asks, somebody must answer; and what a model writes itself, must be about runs there can be. */
export const checkAdmission: Rule = (workspace) =>
  workspace.models.flatMap((model) => {
    const { training } = model;
    if (training === undefined) return [];
    return [
      ...checkServers(workspace, model, training.admission),
      ...checkUse(workspace, model, training.admission),
    ];
  });

/** A server that nobody asks is a mistake, or left over. */
export const checkMonitoring: Rule = (workspace, complete) => {
  const { prometheus, alertmanager } = workspace.platform.runs;
  const admissions = workspace.models.flatMap(({ training }) => training?.admission ?? []);
  const servers = [
    ['prometheus', prometheus, admissions.some(({ samples }) => samples !== undefined), 'samples'],
    ['alertmanager', alertmanager, admissions.some(({ stillFiring }) => stillFiring), 'stillFiring'],
  ] as const;
  if (!complete) return [];
  return servers.flatMap(([key, server, isAsked, condition]) => {
    if (server === undefined || isAsked) return [];
    const subject = { where: platformFile, path: `runs.${key}.url` };
    return [
      problemAt(workspace, subject, {
        code: 'CONFIG_ADMISSION_UNUSED',
        severity: 'warning',
        message: `No model asks \`runs.${key}\` anything.`,
        hint: `Give a model \`training.admission.${condition}\`, or remove \`runs.${key}\`.`,
      }),
    ];
  });
};

function checkServers(workspace: Workspace, model: Model, admission: Admission): readonly Problem[] {
  const { prometheus, alertmanager } = workspace.platform.runs;
  const missing = [
    ...(admission.stillFiring && alertmanager === undefined ? (['stillFiring'] as const) : []),
    ...(admission.samples !== undefined && prometheus === undefined ? (['samples.query'] as const) : []),
  ];
  return missing.map((key) => {
    const server = key === 'stillFiring' ? 'alertmanager' : 'prometheus';
    return report(workspace, model, key, {
      code: 'CONFIG_ADMISSION_SOURCE',
      severity: 'error',
      message: `\`${pathOf(key)}\` of \`${model.name}\` has nobody to ask: \`driftloop.yaml\` names no \`runs.${server}\`.`,
      hint: `For example \`runs: { ${server}: { url: 'http://${server}.monitoring.svc:${server === 'prometheus' ? 9090 : 9093}' } }\`.`,
    });
  });
}

/** Of a default nobody says whom it is for. */
function checkUse(workspace: Workspace, model: Model, admission: Admission): readonly Problem[] {
  const starting = model.deployments.filter(({ detectors }) =>
    detectors.some(({ actions }) => actions.includes('retrain')),
  );
  const asksAlert = starting.some(({ environment }) => environment.cluster === undefined);
  const waits = starting.length > 0 || model.triggers.schedule !== undefined;
  const { stillFiring, samples } = admission;
  const idle = [
    ...(stillFiring && !asksAlert ? (['stillFiring'] as const) : []),
    ...(samples !== undefined && !waits ? (['samples.query'] as const) : []),
    ...(!stillFiring && samples === undefined ? (['whenUnknown'] as const) : []),
  ];
  const why = {
    stillFiring: "no alert of the toolings' cluster starts runs of it",
    'samples.query': 'neither an alert nor a schedule starts runs of it',
    whenUnknown: 'nobody is asked',
  } as const;
  return idle
    .filter((key) => workspace.origins.get(`${model.name}:${pathOf(key)}`)?.layer === 'model')
    .map((key) =>
      report(workspace, model, key, {
        code: 'CONFIG_ADMISSION_UNUSED',
        severity: 'warning',
        message: `\`${pathOf(key)}\` of \`${model.name}\` has no effect: ${why[key]}.`,
        hint: 'Leave it out.',
      }),
    );
}

function pathOf(key: string): string {
  return `training.admission.${key}`;
}

function report(
  workspace: Workspace,
  { name }: Model,
  key: string,
  problem: Parameters<typeof problemAt>[2],
): Problem {
  return problemAt(workspace, { where: name, path: pathOf(key) }, problem);
}
