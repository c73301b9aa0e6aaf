import type { Construct } from 'constructs';
import type { Dashboards } from '../../config/model.js';
import { dashboardName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { addDashboard } from './dashboard-object.js';
import { describeModel } from './model-dashboard.js';

export interface ModelDashboardsProps extends ModelInEnvironment {
  readonly dashboards: Dashboards;
}

/** The dashboard of one model in one environment. */
export class ModelDashboards extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: ModelDashboardsProps) {
    const { platform, model, deployment, dashboards } = props;
    const { environment } = deployment;
    super(scope, capability, { namespace: environment.namespace });
    addDashboard(this, {
      platform,
      dashboards,
      environment,
      model: model.name,
      name: dashboardName(model.name),
      dashboard: describeModel(props),
    });
  }
}
