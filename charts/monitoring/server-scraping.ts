import type { Construct } from 'constructs';
import type { Deployment, Platform, Serving } from '../../config/model.js';
import type { ScrapedServers } from '../../config/model-monitoring.js';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import {
  PodMonitor,
  PodMonitorSpecPodMetricsEndpointsRelabelingsAction as Action,
} from '../../imports/monitoring.coreos.com.js';
import type {
  PodMonitorSpecPodMetricsEndpoints,
  PodMonitorSpecPodMetricsEndpointsRelabelings,
} from '../../imports/monitoring.coreos.com.js';
import { labels, modelObjectName } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { kserveContainers } from '../serving/kserve-names.js';

/** What KServe calls its Pods, and where its runtimes listen unless they say otherwise. */
const kserve = {
  podLabel: 'serving.kserve.io/inferenceservice',
  port: 8080,
} as const;

/** What a plain Deployment calls its container. */
const serverContainer = 'server';

export interface ServerScrapingProps extends ModelInEnvironment {
  readonly serving: Serving;
  readonly scrape: ScrapedServers;
}

/** Lets Prometheus read the servers of one model: each Pod by itself, canaries too, and no Service twice. */
export class ServerScraping extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: ServerScrapingProps) {
    const { platform, model, deployment, serving } = props;
    super(scope, capability, { namespace: deployment.environment.namespace });
    const name = modelObjectName(model.name);
    const podLabels =
      serving.kind === 'inferenceservice'
        ? { [kserve.podLabel]: name }
        : { [labels.model]: model.name, [labels.component]: 'serving' };
    new PodMonitor(this, 'servers', {
      metadata: {
        name,
        labels: {
          ...platform.alerting.scrapeLabels,
          [labels.model]: model.name,
          [labels.environment]: deployment.environment.name,
        },
      },
      spec: { selector: { matchLabels: podLabels }, podMetricsEndpoints: [describeEndpoint(props)] },
    });
  }
}

/**
 * How the servers of a model are to be read; undefined: not at all. OpenShift's own model controller makes a
 * ServiceMonitor for every InferenceService, and a second one would count each request twice.
 */
export function findServerScrape(platform: Platform, { serving }: Deployment): ScrapedServers | undefined {
  if (serving === undefined) return undefined;
  if (platform.capabilities.modelController !== 'none' && serving.kind === 'inferenceservice')
    return undefined;
  const scrape = platform.monitors.find((monitor) => monitor.scrape?.kind === 'servers')?.scrape;
  return scrape?.kind === 'servers' ? scrape : undefined;
}

function describeEndpoint({
  model,
  serving,
  scrape,
}: ServerScrapingProps): PodMonitorSpecPodMetricsEndpoints {
  const { path, interval, modelLabel } = scrape;
  const container = serving.kind === 'inferenceservice' ? kserveContainers.model : serverContainer;
  const port = scrape.port ?? requestPort(serving);
  return {
    path,
    interval: formatPrometheusDuration(interval),
    honorLabels: false,
    relabelings: [
      keepContainer(container),
      ...readPort(port),
      ...(modelLabel === undefined ? [] : [setLabel(modelLabel, model.name)]),
    ],
  };
}

function requestPort(serving: Serving): number {
  if (serving.kind === 'deployment') return serving.port;
  return serving.runtime?.kind === 'own' ? serving.runtime.port : kserve.port;
}

/** A Pod has helpers beside the server, with metrics of their own. */
function keepContainer(name: string): PodMonitorSpecPodMetricsEndpointsRelabelings {
  return { action: Action.KEEP, sourceLabels: ['__meta_kubernetes_pod_container_name'], regex: name };
}

/**
 * The address is written out instead of a port chosen, because containers need not declare the port of their metrics;
 * all ports that one does declare become the same target. IPv6 addresses need brackets.
 */
function readPort(port: number): PodMonitorSpecPodMetricsEndpointsRelabelings[] {
  const address = (regex: string, replacement: string) => ({
    action: Action.REPLACE,
    sourceLabels: ['__meta_kubernetes_pod_ip'],
    regex,
    replacement,
    targetLabel: '__address__',
  });
  return [address('(.+)', `$1:${port}`), address('(.*:.*)', `[$1]:${port}`)];
}

function setLabel(label: string, value: string): PodMonitorSpecPodMetricsEndpointsRelabelings {
  return { action: Action.REPLACE, targetLabel: label, replacement: value };
}
