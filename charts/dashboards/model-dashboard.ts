import { seesRuns } from '../../config/places.js';
import { selectAdmitted } from '../alerts/alert-rules.js';
import { selectSeries } from '../alerts/promql-text.js';
import { alertLabels, alertNames, series, startsRuns, subjectLabels } from '../contract.js';
import { dashboardUid, modelObjectName } from '../conventions.js';
import { subjectOf } from '../model-in-environment.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { findServerScrape } from '../monitoring/server-scraping.js';
import { describeHistory, describeStates, describeValues } from './detector-panels.js';
import type { Annotation, Dashboard } from './dashboard.js';
import type { Panel } from './panel.js';
import { describeRunPanels } from './run-panels.js';

/** One model in one environment: what is violated, since when, and every value with its bounds. */
export function describeModel(context: ModelInEnvironment): Dashboard {
  const { platform, model, deployment } = context;
  const environment = deployment.environment.name;
  return {
    uid: dashboardUid(platform.name, environment, model.name),
    title: `${model.name} in ${environment}`,
    tags: ['driftloop', platform.name, environment, model.name],
    panels: [...describeDetectors(context), ...describeServers(context), ...describeRunPanels(context)],
    annotations: startsRuns(deployment) ? describeRuns(context) : [],
  };
}

/** Is there anything to show? */
export function hasDashboard(context: ModelInEnvironment): boolean {
  return describeDetectors(context).length + describeServers(context).length > 0;
}

function describeDetectors(context: ModelInEnvironment): readonly Panel[] {
  const { detectors } = context.deployment;
  if (detectors.length === 0) return [];
  const subject = subjectOf(context);
  const select = (name: string) => selectSeries(name, subjectLabels(subject));
  const detector = `{{${alertLabels.detector}}}`;
  return [
    describeStates('Detectors', select(series.state), detector),
    describeHistory('Violations', select(series.violated), `${detector} {{${alertLabels.feature}}}`),
    ...detectors.map((each) => describeValues(subject, each)),
  ];
}

/** How many servers answer Prometheus; nothing when we do not let it read them. */
function describeServers({ platform, model, deployment }: ModelInEnvironment): readonly Panel[] {
  if (findServerScrape(platform, deployment) === undefined) return [];
  const { namespace } = deployment.environment;
  // Prometheus names the targets of a PodMonitor after it.
  const up = selectSeries('up', { namespace, job: `${namespace}/${modelObjectName(model.name)}` });
  return [
    {
      type: 'timeseries',
      title: 'Servers',
      description: 'Servers that Prometheus reads, and how many of them answer.',
      width: 12,
      height: 9,
      targets: [
        { expr: `sum(${up})`, legend: 'answer' },
        { expr: `count(${up})`, legend: 'found' },
      ],
      fieldConfig: { defaults: { min: 0, decimals: 0, color: { mode: 'palette-classic' } }, overrides: [] },
      options: {
        legend: { displayMode: 'list', placement: 'bottom' },
        tooltip: { mode: 'multi', sort: 'none' },
      },
    },
  ];
}

/** Marks where retraining was asked for, and where a run was let through. */
function describeRuns(context: ModelInEnvironment): readonly Annotation[] {
  const asked = selectSeries('ALERTS', {
    alertname: alertNames.retrain,
    alertstate: 'firing',
    ...subjectLabels(subjectOf(context)),
  });
  const admitted = ['namespace', 'exported_namespace']
    .map((label) => `increase(${selectAdmitted(context, label)}[2m]) > 0`)
    .join('\nor\n');
  return [
    { name: 'Retraining asked for', expr: asked, color: 'orange' },
    ...(seesRuns(context.deployment.environment)
      ? [{ name: 'Run admitted', expr: admitted, color: 'blue' } as const]
      : []),
  ];
}
