import type { Construct } from 'constructs';
import type { Environment, Platform } from '../../config/model.js';
import type { ScrapedService } from '../../config/model-monitoring.js';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import { ServiceMonitor } from '../../imports/monitoring.coreos.com.js';
import { labels } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';

export interface MonitorScrapingProps {
  readonly platform: Platform;
  readonly environment: Environment;
}

/** A monitor whose Service is read. */
interface ScrapedMonitor {
  readonly name: string;
  readonly scrape: ScrapedService;
}

/**
 * Lets Prometheus read the Services of monitors in one environment. Labels of the exporter that meet those of the target
 * give way, so that `namespace` is always the environment's.
 */
export class MonitorScraping extends DriftloopChart {
  constructor(scope: Construct, capability: string, { platform, environment }: MonitorScrapingProps) {
    super(scope, capability, { namespace: environment.namespace });
    for (const { name, scrape } of listScrapedMonitors(platform)) {
      const { path, port, interval } = scrape;
      new ServiceMonitor(this, name, {
        metadata: {
          name,
          labels: {
            ...platform.alerting.scrapeLabels,
            [labels.environment]: environment.name,
            [labels.component]: 'monitor',
          },
        },
        spec: {
          selector: { matchLabels: { ...scrape.labels } },
          endpoints: [{ port, path, interval: formatPrometheusDuration(interval), honorLabels: false }],
        },
      });
    }
  }
}

export function listScrapedMonitors({ monitors }: Platform): readonly ScrapedMonitor[] {
  return monitors.flatMap(({ name, scrape }) => (scrape?.kind === 'service' ? [{ name, scrape }] : []));
}
