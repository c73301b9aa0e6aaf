import type { Construct } from 'constructs';
import type { Environment, Platform } from '../../config/model.js';
import type { DashboardSource, OperatorDashboards } from '../../config/model-dashboards.js';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import { GrafanaDatasource } from '../../imports/grafana.integreatly.org.js';
import { dashboardFolderName, labels } from '../conventions.js';
import { selectInstances } from './dashboard-object.js';
import { placeTitle, sourceNameOf } from './dashboard.js';

export interface DatasourceProps {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly dashboards: OperatorDashboards;
  readonly prometheus: DashboardSource;
}

/**
 * Prometheus as the dashboards of one environment may ask it. On OpenShift the question names the namespace, which the
 * tenancy port of Thanos demands: who reads this data source sees no other tenant.
 */
export function addDatasource(scope: Construct, props: DatasourceProps): void {
  const { platform, environment, dashboards, prometheus } = props;
  const { tokenSecret } = prometheus;
  const tenant =
    platform.capabilities.ruleView === 'namespace'
      ? { customQueryParameters: `namespace=${environment.namespace}` }
      : {};
  new GrafanaDatasource(scope, 'datasource', {
    metadata: { name: dashboardFolderName, labels: { [labels.environment]: environment.name } },
    spec: {
      ...selectInstances(dashboards.instances),
      ...(tokenSecret === undefined ? {} : { valuesFrom: [readToken(tokenSecret)] }),
      datasource: {
        name: sourceNameOf(dashboards, platform.name, placeTitle(environment)) ?? '',
        type: 'prometheus',
        access: 'proxy',
        url: prometheus.url,
        isDefault: false,
        editable: false,
        jsonData: {
          httpMethod: 'POST',
          timeInterval: formatPrometheusDuration(platform.alerting.interval),
          ...tenant,
          ...(tokenSecret === undefined ? {} : { httpHeaderName1: 'Authorization' }),
        },
        ...(tokenSecret === undefined
          ? {}
          : { secureJsonData: { httpHeaderValue1: `Bearer \${${tokenSecret.key}}` } }),
      },
    },
  });
}

/** The operator puts the value of the key where the text names it. */
function readToken({ name, key }: NonNullable<DashboardSource['tokenSecret']>) {
  return {
    targetPath: 'secureJsonData.httpHeaderValue1',
    valueFrom: { secretKeyRef: { name, key, optional: false } },
  };
}
