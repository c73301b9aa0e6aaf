import type { Construct } from 'constructs';
import type { ChartSource, ForeignChart, Platform } from '../../config/model.js';
import type { ApplicationSpecSource, ApplicationSpecSourceHelm } from '../../imports/argoproj.io.js';
import { applicationName, directories, labels, projectName, projectScopes } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { destinationOf } from './destination.js';
import { joinKinds, readKinds, scopeKinds } from './kinds.js';
import { addProject } from './scope-projects.js';
import { addApplication } from './unit-application.js';

export interface ForeignChartApplicationProps {
  readonly platform: Platform;
  readonly chart: ForeignChart;
}

/** Scope of a chart's project, and the part of its Application's name after the platform's. */
export function chartScope({ name, environment }: ForeignChart): string {
  return projectScopes.chart(environment?.name ?? directories.toolings, name);
}

/**
 * A Helm chart of somebody else, and a project that permits its one repository, its one namespace, the usual kinds and
 * those that the user named. Whatever else the chart holds stops its sync.
 */
export class ForeignChartApplication extends DriftloopChart {
  constructor(scope: Construct, capability: string, { platform, chart }: ForeignChartApplicationProps) {
    super(scope, capability);
    const projectScope = chartScope(chart);
    const { environment, namespace } = chart;
    addProject(this, {
      platform,
      repository: chart.source.url,
      scope: projectScope,
      description: `The chart ${chart.name} in ${environment?.name ?? 'the toolings'}.`,
      namespace,
      cluster: environment?.cluster,
      kinds: joinKinds(scopeKinds.chart, readKinds(chart.kinds)),
      clusterKinds: joinKinds([], readKinds(chart.clusterKinds)),
      syncWindows: environment?.syncWindows,
    });
    addApplication(this, {
      platform,
      name: applicationName(platform.name, projectScope),
      ...(environment === undefined ? {} : { labels: { [labels.environment]: environment.name } }),
      project: projectName(platform.name, projectScope),
      source: { source: { ...locate(chart.source), helm: configure(chart) } },
      namespace,
      destination: destinationOf(platform, environment?.cluster),
      cascade: true,
    });
  }
}

function locate(source: ChartSource): ApplicationSpecSource {
  const { url, revision } = source;
  return {
    repoUrl: url,
    targetRevision: revision,
    ...(source.kind === 'helm' ? { chart: source.chart } : { path: source.path === '' ? '.' : source.path }),
  };
}

function configure({ releaseName, values }: ForeignChart): ApplicationSpecSourceHelm {
  return { releaseName, ...(Object.keys(values).length === 0 ? {} : { valuesObject: values }) };
}
