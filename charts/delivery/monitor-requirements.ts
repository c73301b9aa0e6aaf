import type { Platform, Workspace } from '../../config/model.js';
import { listNames } from './markdown.js';
import { databaseKeys, findService } from '../monitoring/trustyai.js';

/** What the bootstrap's README asks for before a TrustyAIService can run; nothing without one. */
export function describeMonitorRequirements({ platform, environments }: Workspace): readonly string[] {
  const service = findService(platform);
  const [first] = environments;
  if (service === undefined || first === undefined) return [];
  const { namespace } = first;
  return [
    `- The TrustyAI operator is installed, in a version that knows KServe's mode \`Standard\`. It scrapes \`${service.name}\` with ServiceMonitors of its own; the Prometheus object must select them.`,
    `- \`${service.name}-internal\` and \`${service.name}-tls\` are Secrets with a certificate for \`${service.name}.${namespace}.svc.cluster.local\` (and so on for each environment): the service CA of OpenShift makes them, elsewhere cert-manager can.`,
    `- KServe trusts that certificate: \`caBundle\` in the entry \`logger\` of the ConfigMap \`inferenceservice-config\` names a ConfigMap with the CA, which each environment's namespace has.`,
  ];
}

/** What Prometheus must select so that monitors are read; nothing when none is. */
export function describeScraping({ platform, environments }: Workspace): readonly string[] {
  if (platform.monitors.every(({ scrape }) => scrape === undefined)) return [];
  const read = listNames(environments.map(({ namespace }) => namespace));
  const wanted = Object.entries(platform.alerting.scrapeLabels).map(
    ([name, value]) => `\`${name}: ${value}\``,
  );
  const labelled = wanted.length === 0 ? '' : ` with ${wanted.join(', ')}`;
  return [
    `- Prometheus selects ServiceMonitors and PodMonitors${labelled} in ${read} (\`serviceMonitorSelector\`, \`podMonitorSelector\` and their namespace selectors), and may list Pods, Services and Endpoints there.`,
  ];
}

/** What shows the dashboards; nothing when nobody wants any. */
export function describeGrafana({ platform, environments }: Workspace): readonly string[] {
  const { dashboards } = platform;
  if (dashboards === undefined || environments.length === 0) return [];
  const read = listNames(environments.map(({ namespace }) => namespace));
  if (dashboards.delivery === 'sidecar') {
    return [
      `- The sidecar of Grafana collects ConfigMaps with the labels of \`dashboards.labels\` in ${read}.`,
    ];
  }
  const selected = Object.entries(dashboards.instances).map(([name, value]) => `\`${name}: ${value}\``);
  return [`- The Grafana operator watches ${read}, and a Grafana has the labels ${selected.join(', ')}.`];
}

/** Secrets of the service's database, and of what Grafana reads Prometheus with. */
export function describeMonitorSecrets({ platform, environments }: Workspace): readonly string[] {
  if (environments.length === 0) return [];
  const where = listNames(environments.map(({ namespace }) => namespace));
  return [...describeDatabase(platform, where), ...describeReader(platform, where)];
}

function describeReader({ dashboards }: Platform, where: string): readonly string[] {
  const source = dashboards?.delivery === 'operator' ? dashboards.prometheus : undefined;
  if (source?.tokenSecret === undefined) return [];
  const { name, key } = source.tokenSecret;
  return [
    `- \`${name}\` in ${where}: \`${key}\`, a token with which Grafana reads the metrics of that namespace`,
  ];
}

function describeDatabase(platform: Platform, where: string): readonly string[] {
  const storage = findService(platform)?.storage;
  if (storage?.kind !== 'database') return [];
  const keys = databaseKeys.map((key) => `\`${key}\``).join(', ');
  return [`- \`${storage.secret}\` in ${where}: ${keys} for the monitor's database`];
}
