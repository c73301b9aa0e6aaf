import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Dashboards, Environment, Platform } from '../../config/model.js';
import { GrafanaDashboard } from '../../imports/grafana.integreatly.org.js';
import { dashboardFolderName, labels } from '../conventions.js';
import { folderTitle, formatDashboard, placeTitle, sourceNameOf } from './dashboard.js';
import type { Dashboard } from './dashboard.js';

/** Component of every object that holds a dashboard. */
export const dashboardComponent = 'dashboard';

/** Where the sidecar of Grafana's charts looks for the folder. */
const folderAnnotation = 'grafana_folder';

export interface DashboardObjectProps {
  readonly platform: Platform;
  readonly dashboards: Dashboards;
  readonly environment: Environment;
  /** undefined: the dashboard of the environment. */
  readonly model: string | undefined;
  readonly name: string;
  readonly dashboard: Dashboard;
}

/** The object that brings a dashboard to Grafana. */
export function addDashboard(scope: Construct, props: DashboardObjectProps): void {
  const { platform, dashboards, environment, model, name, dashboard } = props;
  const json = formatDashboard(dashboard, sourceNameOf(dashboards, platform.name, placeTitle(environment)));
  const own = {
    [labels.environment]: environment.name,
    [labels.component]: dashboardComponent,
    ...(model === undefined ? {} : { [labels.model]: model }),
  };
  if (dashboards.delivery === 'sidecar') {
    new k8s.KubeConfigMap(scope, 'dashboard', {
      metadata: {
        name,
        labels: { ...dashboards.labels, ...own },
        annotations: { [folderAnnotation]: folderTitle(dashboards, placeTitle(environment)) },
      },
      // All files of the sidecar stand in one folder.
      data: { [`${dashboard.uid}.json`]: json },
    });
    return;
  }
  new GrafanaDashboard(scope, 'dashboard', {
    metadata: { name, labels: own },
    spec: {
      ...selectInstances(dashboards.instances),
      folderRef: dashboardFolderName,
      json,
    },
  });
}

/** Grafana stands in a namespace of its own, so instances of others are looked at, too. */
export function selectInstances(instances: Readonly<Record<string, string>>) {
  return {
    instanceSelector: { matchLabels: { ...instances } },
    allowCrossNamespaceImport: true,
    resyncPeriod: '10m0s',
  };
}
