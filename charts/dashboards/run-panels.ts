import { seesRuns } from '../../config/places.js';
import { selectAdmitted, selectEnded } from '../alerts/alert-rules.js';
import type { RunEnd } from '../alerts/alert-rules.js';
import { selectSeries } from '../alerts/promql-text.js';
import { alertNames, startsRuns, subjectLabels } from '../contract.js';
import { pipelineName } from '../conventions.js';
import { subjectOf } from '../model-in-environment.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { fetchSource } from '../tasks/fetch-source.js';
import { taskName } from '../tasks/step-contract.js';
import type { Panel, Target } from './panel.js';

/** What the service levels of the loop are, in seconds. */
const levels = { duration: 10 * 60, reaction: 20 * 60 } as const;

/** What becomes of a model's runs, from the metrics of Tekton alone; nothing where Prometheus does not see them. */
export function describeRunPanels(context: ModelInEnvironment): readonly Panel[] {
  const { deployment } = context;
  if (!startsRuns(deployment) || !seesRuns(deployment.environment)) return [];
  return [describeEnds(context), describeDurations(context), describeReaction(context)];
}

const ends: readonly (readonly [RunEnd, string])[] = [
  ['success', 'released or trained'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
];

/** Tekton calls a run that was refused completed, because its later tasks were skipped; only `admit` ran. */
function describeEnds(context: ModelInEnvironment): Panel {
  const admitted = (label: string) => `increase(${selectAdmitted(context, label)}[1d])`;
  const fetched = (label: string) => `increase(${selectFetched(context, label)}[1d])`;
  const refused = `(${eitherNamespace(admitted)})\n- (${eitherNamespace(fetched)} or vector(0))`;
  return {
    type: 'timeseries',
    title: 'Runs of the last 24 hours',
    description: 'How the runs of the model ended. Why one was refused or failed stands on its PipelineRun.',
    width: 12,
    height: 9,
    targets: [
      ...ends.map(([end, legend]): Target => ({
        expr: eitherNamespace((label) => `increase(${selectEnded(context, end, label)}[1d])`),
        legend,
      })),
      { expr: `clamp_min(${refused}, 0)`, legend: 'refused' },
    ],
    fieldConfig: { defaults: { min: 0, decimals: 0, color: { mode: 'palette-classic' } }, overrides: [] },
    options: listOptions,
  };
}

function describeDurations(context: ModelInEnvironment): Panel {
  const mean = (label: string) => {
    const count = selectEnded(context, 'success', label);
    return `increase(${count.replace('_count{', '_sum{')}[1d])\n/ increase(${count}[1d])`;
  };
  return {
    type: 'timeseries',
    title: 'Duration of good runs',
    description: 'Mean of the last 24 hours. Red is more than 10 minutes.',
    width: 12,
    height: 9,
    targets: [{ expr: eitherNamespace(mean), legend: 'mean' }],
    fieldConfig: { defaults: seconds(levels.duration), overrides: [] },
    options: listOptions,
  };
}

/** An alert stays for a while after its cause is gone, so its age when a run ends is known. */
function describeReaction(context: ModelInEnvironment): Panel {
  const since = selectSeries('ALERTS_FOR_STATE', {
    alertname: alertNames.retrain,
    ...subjectLabels(subjectOf(context)),
  });
  const ended = (label: string) => `increase(${selectEnded(context, 'success', label)}[5m]) > 0`;
  return {
    type: 'timeseries',
    title: 'From the alert to the end of a good run',
    description: 'Age of the alert when a run ended well. Red is more than 20 minutes.',
    width: 24,
    height: 7,
    targets: [{ expr: `max(time() - ${since})\nand on () (${eitherNamespace(ended)})`, legend: 'age' }],
    fieldConfig: { defaults: seconds(levels.reaction), overrides: [] },
    options: listOptions,
  };
}

function selectFetched({ platform, model }: ModelInEnvironment, namespaceLabel: string): string {
  return selectSeries('tekton_pipelines_controller_pipelinerun_taskrun_duration_seconds_count', {
    [namespaceLabel]: platform.namespaces.toolings,
    pipeline: pipelineName(model.name),
    task: taskName(fetchSource),
  });
}

/** Prometheus renames the metric's own label where the scrape adds one. */
function eitherNamespace(expression: (label: string) => string): string {
  return ['namespace', 'exported_namespace'].map((label) => `sum(${expression(label)})`).join('\nor ');
}

function seconds(limit: number): object {
  return {
    min: 0,
    unit: 's',
    color: { mode: 'palette-classic' },
    custom: { thresholdsStyle: { mode: 'area' } },
    thresholds: {
      mode: 'absolute',
      steps: [
        { color: 'transparent', value: null },
        { color: 'red', value: limit },
      ],
    },
  };
}

const listOptions = {
  legend: { displayMode: 'list', placement: 'bottom' },
  tooltip: { mode: 'multi', sort: 'none' },
} as const;
