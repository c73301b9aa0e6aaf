import type { DialectName } from './catalogue/dialects.js';
import type { Labels } from './model.js';
import type { Duration } from './values/duration.js';

/** What exports metrics about models. */
export interface Monitor {
  readonly name: string;
  /** Which metrics there are, and what their values mean. */
  readonly dialect: DialectName;
  /** A TrustyAIService that is rendered into every environment; undefined: somebody else runs the monitor. */
  readonly service: TrustyAiSettings | undefined;
  /** How Prometheus reads the monitor; undefined: somebody else sees to it. */
  readonly scrape: Scrape | undefined;
}

/** Where Prometheus finds metrics. */
export type Scrape = ScrapedService | ScrapedServers;

interface ScrapeBasics {
  /** Default `/metrics`. */
  readonly path: string;
  /** How often. Default 30s. */
  readonly interval: Duration;
}

/** A Service in the namespace of every environment. */
export interface ScrapedService extends ScrapeBasics {
  readonly kind: 'service';
  /** Labels of the Service. */
  readonly labels: Labels;
  /** Name of the Service's port. */
  readonly port: string;
}

/** The servers of all models: what they export is what the monitor is. */
export interface ScrapedServers extends ScrapeBasics {
  readonly kind: 'servers';
  /** undefined: that of the requests; 8080 for runtimes that KServe has. */
  readonly port: number | undefined;
  /** Label that gets the model's name, as detectors expect it; undefined: none. */
  readonly modelLabel: string | undefined;
}

/** A TrustyAIService, of which the TrustyAI operator makes a Deployment, a Service and a ServiceMonitor. */
export interface TrustyAiSettings {
  /** Name of the object and of its Service. Default: that of the monitor. */
  readonly name: string;
  readonly storage: MonitorStorage;
  /** How often metrics are computed. Default 30s. */
  readonly schedule: Duration;
  /** So many of the newest requests are compared. Default 5000, as the operator's own. */
  readonly batchSize: number;
}

/** What a TrustyAI service must be asked for before it computes a metric. */
export type MetricRequest = {
  /** Of the service's interface, without `/request`: `/metrics/drift/meanshift`. */
  readonly path: string;
} & (
  | {
      readonly compares: 'reference';
      /** Tag of the uploaded rows that requests are compared with. Default TRAINING. */
      readonly tag: string;
    }
  | { readonly compares: 'groups'; readonly groups: ComparedGroups }
);

/** Two groups of people, say, and what is good for them. */
export interface ComparedGroups {
  /** Column that tells the groups apart. */
  readonly attribute: string;
  readonly privileged: CellValue;
  readonly unprivileged: CellValue;
  /** Column of the prediction. */
  readonly outcome: string;
  /** Value of that column which is good to get. */
  readonly favorable: CellValue;
}

/** A value of a column. */
export type CellValue = string | number | boolean;

/** Where a TrustyAIService keeps what it has seen. */
export type MonitorStorage =
  | {
      readonly kind: 'volume';
      /** Canonical quantity. Default 1Gi. */
      readonly size: string;
    }
  | {
      readonly kind: 'database';
      /** Secret with the keys the operator asks for (charts/monitoring). */
      readonly secret: string;
    };
