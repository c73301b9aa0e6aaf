import type { Construct } from 'constructs';
import type { Dashboards, Environment, Platform } from '../../config/model.js';
import { GrafanaFolder } from '../../imports/grafana.integreatly.org.js';
import { dashboardFolderName, dashboardName, labels } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { addDashboard, selectInstances } from './dashboard-object.js';
import { folderTitle, placeTitle } from './dashboard.js';
import { addDatasource } from './datasource.js';
import { describeOverview } from './overview-dashboard.js';

export interface EnvironmentDashboardsProps {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly dashboards: Dashboards;
}

/** What the dashboards of an environment share: the overview, a folder, and a data source. */
export class EnvironmentDashboards extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: EnvironmentDashboardsProps) {
    const { platform, environment, dashboards } = props;
    super(scope, capability, { namespace: environment.namespace });
    addDashboard(this, {
      ...props,
      model: undefined,
      name: dashboardName(undefined),
      dashboard: describeOverview(platform, environment),
    });
    if (dashboards.delivery === 'sidecar') return;
    new GrafanaFolder(this, 'folder', {
      metadata: { name: dashboardFolderName, labels: { [labels.environment]: environment.name } },
      spec: {
        ...selectInstances(dashboards.instances),
        title: folderTitle(dashboards, placeTitle(environment)),
      },
    });
    if (dashboards.prometheus !== undefined) {
      addDatasource(this, { platform, environment, dashboards, prometheus: dashboards.prometheus });
    }
  }
}
