import type { Problem } from '../../problems/problem.js';
import { formatKeyPath } from '../load/key-path.js';
import type { Workspace } from '../model.js';
import type { Monitor } from '../model-monitoring.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Every monitor is read by Prometheus in one way: not in none, and not in two. */
export const checkScraping: Rule = (workspace) => {
  const { monitors } = workspace.platform;
  const [first, ...others] = monitors.filter(({ scrape }) => scrape?.kind === 'servers');
  return [
    ...monitors.flatMap((monitor) => [
      ...refuseSecondScraper(workspace, monitor),
      ...checkLabels(workspace, monitor),
      ...checkPort(workspace, monitor),
    ]),
    ...others.map(({ name }) => {
      const message = `\`${first?.name ?? ''}\` and \`${name}\` both read the servers of the models.`;
      const hint =
        'Name the labels of the monitor in `scrape.service`, or leave `scrape` out of one of them.';
      return problemOf(workspace, name, { message, hint });
    }),
    ...warnOperator(workspace),
    ...(first === undefined ? [] : warnOpenShift(workspace, first)),
  ];
};

function refuseSecondScraper(workspace: Workspace, { name, service, scrape }: Monitor): readonly Problem[] {
  if (service === undefined || scrape === undefined) return [];
  const message = `The TrustyAI operator makes a ServiceMonitor of its own for \`${service.name}\`; another would read everything twice.`;
  return [problemOf(workspace, name, { message, hint: 'Remove `scrape`.' })];
}

/** A selector without labels selects everything. */
function checkLabels(workspace: Workspace, { name, scrape }: Monitor): readonly Problem[] {
  if (scrape?.kind !== 'service' || Object.keys(scrape.labels).length > 0) return [];
  const message = `\`scrape.service\` of \`${name}\` has no labels, so every Service of the namespace would be read.`;
  const hint =
    "Name the labels of the monitor's Service, for example `service: { app: drift-job }`, or leave `service` out to read the servers of the models.";
  return [problemOf(workspace, name, { message, hint })];
}

function checkPort(workspace: Workspace, { name, scrape }: Monitor): readonly Problem[] {
  const written = workspace.origins.get(originOf(name, 'port'))?.value;
  if (scrape?.kind === 'service' && typeof written !== 'string') {
    const message = `\`scrape\` of \`${name}\` does not name the port of the Service.`;
    return [problemOf(workspace, name, { message, hint: 'For example `port: http`.' })];
  }
  if (scrape?.kind !== 'servers' || typeof written !== 'string') return [];
  const message = 'The port of the servers of models is a number.';
  const hint = 'Write the number, or name the labels of a Service in `scrape.service`.';
  return [problemOf(workspace, name, { message, hint })];
}

/** The operator's ServiceMonitors carry one label; Prometheus may ask for others. */
function warnOperator(workspace: Workspace): readonly Problem[] {
  const { alerting, monitors } = workspace.platform;
  const service = monitors.find((monitor) => monitor.service !== undefined)?.service;
  const missing = Object.entries(alerting.scrapeLabels).find(
    ([label, value]) => !(label === 'modelmesh-service' && value === 'modelmesh-serving'),
  );
  if (service === undefined || missing === undefined) return [];
  const path = formatKeyPath(['alerting', 'scrapeLabels', missing[0]]);
  return [
    problemAt(
      workspace,
      { where: platformFile, path },
      {
        code: 'CONFIG_MONITOR_SCRAPE',
        severity: 'warning',
        message: `Prometheus overlooks the ServiceMonitor that the TrustyAI operator makes for \`${service.name}\`: it lacks the label \`${missing[0]}\`.`,
        hint: "Let Prometheus' `serviceMonitorSelector` take `modelmesh-service: modelmesh-serving`, too.",
      },
    ),
  ];
}

/** OpenShift's model controller reads what KServe runs; we leave that to it. */
function warnOpenShift(workspace: Workspace, { name }: Monitor): readonly Problem[] {
  const { platform, models } = workspace;
  const served = models.find(({ deployments }) =>
    deployments.some(({ serving }) => serving?.kind === 'inferenceservice'),
  );
  if (platform.capabilities.modelController === 'none' || served === undefined) return [];
  const message = `OpenShift reads the servers of InferenceServices by itself; \`scrape\` leaves out \`${served.name}\`.`;
  const hint =
    'Detectors on such a server find the labels that its runtime gives, not the name of the model.';
  return [{ ...problemOf(workspace, name, { message, hint }), severity: 'warning' }];
}

/** At the port when that was written, else at the dialect, which always is. */
function problemOf(
  workspace: Workspace,
  monitor: string,
  finding: { message: string; hint: string },
): Problem {
  const written = workspace.origins.has(originOf(monitor, 'port'));
  const path = written ? ['scrape', 'port'] : ['dialect'];
  const subject = { where: platformFile, path: formatKeyPath(['monitors', monitor, ...path]) };
  return problemAt(workspace, subject, { code: 'CONFIG_MONITOR_SCRAPE', ...finding });
}

function originOf(monitor: string, key: string): string {
  return `${platformFile}:${formatKeyPath(['monitors', monitor, 'scrape', key])}`;
}
