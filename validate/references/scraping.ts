import type { Problem } from '../../problems/problem.js';
import { describeObject } from '../../synth/manifest.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldsAt, textMapAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { selectsLabels } from '../triggers/label-selector.js';

/** What is rendered and exports metrics, with the labels that Prometheus finds it by. */
interface Exporter {
  readonly manifest: Manifest;
  readonly labels: Readonly<Record<string, string>>;
}

/** PodMonitors find servers, and nothing is read by two monitors or beside the TrustyAI operator's own. */
export function checkScraping(cluster: Cluster): readonly Problem[] {
  const scrapers = [...cluster.visible(kinds.podMonitor), ...cluster.visible(kinds.serviceMonitor)];
  if (scrapers.length === 0) return [];
  const servers = listServers(cluster);
  const services = cluster.visible(kinds.monitorService).map(asOperatorService);
  const isJudged = ({ manifest }: Exporter) => cluster.judges(manifest);
  return [
    ...cluster.ofKind(kinds.podMonitor).flatMap((scraper) => checkTarget(scraper, servers)),
    ...servers.filter(isJudged).flatMap(({ manifest, labels }) =>
      refuseSecond(
        manifest,
        scrapers.filter((scraper) => isPodMonitor(scraper) && reads(scraper, { manifest, labels })),
      ),
    ),
    ...services.flatMap((service) =>
      refuseBesideOperator(
        service,
        scrapers.filter((scraper) => isJudged(service) || cluster.judges(scraper)),
      ),
    ),
  ];
}

function checkTarget(scraper: Manifest, servers: readonly Exporter[]): readonly Problem[] {
  if (servers.some((server) => reads(scraper, server))) return [];
  return [
    reportProblem(scraper, 'REFERENCE_SCRAPE', {
      path: 'spec.selector',
      message: 'no rendered server has these labels.',
      hint: 'Prometheus would read nothing, and say nothing.',
    }),
  ];
}

function refuseSecond(server: Manifest, scrapers: readonly Manifest[]): readonly Problem[] {
  const [first, second] = scrapers;
  if (first === undefined || second === undefined) return [];
  return [
    reportProblem(second, 'REFERENCE_SCRAPE', {
      path: 'spec.selector',
      message: `${describeObject(server.object)} is read by ${describeObject(first.object)} already.`,
      hint: 'Every request would be counted twice.',
    }),
  ];
}

function refuseBesideOperator(service: Exporter, scrapers: readonly Manifest[]): readonly Problem[] {
  return scrapers
    .filter((scraper) => !isPodMonitor(scraper) && reads(scraper, service))
    .map((scraper) =>
      reportProblem(scraper, 'REFERENCE_SCRAPE', {
        path: 'spec.selector',
        message: `the TrustyAI operator makes a ServiceMonitor of its own for ${describeObject(service.manifest.object)}.`,
        hint: 'Remove this one, or every metric is there twice.',
      }),
    );
}

function isPodMonitor({ object }: Manifest): boolean {
  return object.kind === 'PodMonitor';
}

/** An empty selector takes everything. */
function reads({ object }: Manifest, { manifest, labels }: Exporter): boolean {
  if (object.metadata.namespace !== manifest.object.metadata.namespace) return false;
  return selectsLabels(fieldsAt(object, 'spec', 'selector'), labels);
}

function listServers(cluster: Cluster): readonly Exporter[] {
  return [
    ...cluster.visible(kinds.deployment).map((manifest) => ({
      manifest,
      labels: textMapAt(manifest.object, 'spec', 'template', 'metadata', 'labels'),
    })),
    ...cluster.visible(kinds.inferenceService).map((manifest) => ({
      manifest,
      // KServe labels its Pods with the name, and with the labels of the object.
      labels: {
        ...manifest.object.metadata.labels,
        'serving.kserve.io/inferenceservice': manifest.object.metadata.name,
      },
    })),
  ];
}

/** The Service that the operator makes of a TrustyAIService. */
function asOperatorService(manifest: Manifest): Exporter {
  const { name } = manifest.object.metadata;
  const labels = {
    app: name,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': 'trustyai',
  };
  return { manifest, labels };
}
