import { dialects } from '../catalogue/dialects.js';
import { formatKeyPath } from '../load/key-path.js';
import type { Deployment, Model, Workspace } from '../model.js';
import type { Monitor, TrustyAiSettings } from '../model-monitoring.js';
import type { Problem } from '../../problems/problem.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule, Subject } from './rule.js';
import { problemAt } from './rule.js';

/** A monitor that is to be rendered. */
interface ServedMonitor extends Monitor {
  readonly service: TrustyAiSettings;
}

/** Services of monitors can be rendered, get along with each other, and see the requests they judge. */
export const checkMonitors: Rule = (workspace) => {
  const served = listServed(workspace);
  return [
    ...served.flatMap((monitor) => [
      ...checkDialect(workspace, monitor),
      ...checkStorage(workspace, monitor),
      ...checkSpelling(workspace, monitor),
      ...checkName(workspace, monitor),
    ]),
    ...served.slice(1).map((monitor) => refuseSecond(workspace, monitor, served[0]?.name ?? '')),
  ];
};

function listServed({ platform }: Workspace): readonly ServedMonitor[] {
  return platform.monitors.filter((monitor): monitor is ServedMonitor => monitor.service !== undefined);
}

function checkDialect(workspace: Workspace, { name, dialect }: ServedMonitor): readonly Problem[] {
  if (dialect.startsWith('trustyai-')) return [];
  return [
    problemAt(workspace, subjectOf(name, 'dialect'), {
      code: 'CONFIG_MONITOR_SERVICE',
      message: `\`service\` renders a TrustyAIService, but \`${name}\` speaks \`${dialect}\` (${dialects[dialect].words}).`,
      hint: 'Use the dialect `trustyai-java` or `trustyai-python`, or leave `service` out.',
    }),
  ];
}

function checkStorage(workspace: Workspace, { name }: ServedMonitor): readonly Problem[] {
  const subject = subjectOf(name, 'service', 'storage', 'size');
  const database = subjectOf(name, 'service', 'storage', 'database');
  const both = [subject, database].every(({ where, path }) => workspace.origins.has(`${where}:${path}`));
  if (!both) return [];
  return [
    problemAt(workspace, subject, {
      code: 'CONFIG_MONITOR_SERVICE',
      message: `The service of \`${name}\` has a volume and a database.`,
      hint: 'Give one of `size` and `database`; with a database there is no volume.',
    }),
  ];
}

/** Names of Services are stricter than those of most objects. */
function checkSpelling(workspace: Workspace, { name, service }: ServedMonitor): readonly Problem[] {
  if (!/^\d/.test(service.name)) return [];
  const written = subjectOf(name, 'service', 'name');
  const position = workspace.origins.get(`${written.where}:${written.path}`)?.position;
  return [
    problemAt(workspace, position === undefined ? subjectOf(name, 'dialect') : written, {
      code: 'CONFIG_NAME',
      message: `The service \`${service.name}\` must begin with a letter: the operator makes a Service of that name.`,
      hint: `For example \`monitors.${name}.service.name: trustyai\`.`,
    }),
  ];
}

/** The operator makes Services of these names, and so does a served model of its own. */
function checkName(workspace: Workspace, { name, service }: ServedMonitor): readonly Problem[] {
  const taken = [service.name, `${service.name}-tls`];
  return workspace.models
    .filter((model) => taken.includes(model.name))
    .map((model) =>
      problemAt(
        workspace,
        { where: model.name, path: 'model' },
        {
          code: 'CONFIG_NAME_RESERVED',
          message: `The model cannot be called \`${model.name}\`: the monitor \`${name}\` has a Service of that name.`,
          hint: `Rename the model, or the service with \`monitors.${name}.service.name\`.`,
        },
      ),
    );
}

function refuseSecond(workspace: Workspace, { name }: ServedMonitor, first: string): Problem {
  return problemAt(workspace, subjectOf(name, 'dialect'), {
    code: 'CONFIG_MONITOR_SERVICE',
    message: `\`${first}\` has a service, too; the TrustyAI operator lets all models of a namespace report to one.`,
    hint: 'Leave `service` out of one of them; both may be used by detectors.',
  });
}

/** KServe hands requests on; the Deployment of a server of the user's own does not. */
export const checkFeeding: Rule = (workspace) => {
  const names = listServed(workspace).map(({ name }) => name);
  return workspace.models.flatMap((model) =>
    model.deployments
      .filter(({ serving }) => serving?.kind === 'deployment')
      .flatMap((deployment) => {
        const watcher = deployment.detectors.find(({ monitor }) => names.includes(monitor ?? ''));
        return watcher?.monitor === undefined
          ? []
          : [warnUnfed(workspace, model, deployment, watcher.monitor)];
      }),
  );
};

function warnUnfed(workspace: Workspace, model: Model, deployment: Deployment, monitor: string): Problem {
  return problemAt(
    workspace,
    { where: `${model.name}/${deployment.environment.name}`, path: 'serving.kind' },
    {
      code: 'CONFIG_MONITOR_UNFED',
      severity: 'warning',
      message: `\`${monitor}\` sees no request of \`${model.name}\`: only KServe hands them on.`,
      hint: 'Serve the model with `kind: inferenceservice`, or let the server send its requests itself.',
    },
  );
}

function subjectOf(monitor: string, ...path: readonly string[]): Subject {
  return { where: platformFile, path: formatKeyPath(['monitors', monitor, ...path]) };
}
