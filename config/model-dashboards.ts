import type { Labels, SecretKey } from './model.js';

/** Dashboards of Grafana: one for each model in each environment, and an overview of each environment. */
export type Dashboards = OperatorDashboards | SidecarDashboards;

interface DashboardsBasics {
  /** Title of the folder, before the environment's name. Default: the platform's name. */
  readonly folder: string;
}

/** Objects of the Grafana operator. */
export interface OperatorDashboards extends DashboardsBasics {
  readonly delivery: 'operator';
  /** Labels of the Grafana instances that show them. Default `dashboards: grafana`. */
  readonly instances: Labels;
  /** A data source of each environment; undefined: people choose one of their Grafana. */
  readonly prometheus: DashboardSource | undefined;
}

/** ConfigMaps that a sidecar of Grafana collects by their labels. */
export interface SidecarDashboards extends DashboardsBasics {
  readonly delivery: 'sidecar';
  /** Default `grafana_dashboard: '1'`. */
  readonly labels: Labels;
}

/** How Grafana reaches Prometheus. */
export interface DashboardSource {
  readonly url: string;
  /** Secret of every environment with a bearer token; undefined: Prometheus asks for none. */
  readonly tokenSecret: SecretKey | undefined;
}
