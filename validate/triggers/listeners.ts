import { listenerPort, listenerService, listenerTlsPort } from '../../charts/conventions.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, fieldsAt, listAt, textAt, textsAt } from '../fields.js';
import { selectsLabels } from './label-selector.js';

/** What a webhook's URL says about the Service it reaches inside the cluster. */
export interface ServiceAddress {
  readonly secure: boolean;
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
}

/** Reads `http://el-x.ns.svc.cluster.local:8080/`; undefined: the URL leaves the cluster. */
export function readServiceAddress(url: string): ServiceAddress | undefined {
  const match =
    /^(https?):\/\/([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc(?:\.cluster\.local)?)?\.?(?::(\d+))?(?:\/|$)/.exec(url);
  if (match === null) return undefined;
  const [, scheme = '', service = '', namespace = '', port] = match;
  const secure = scheme === 'https';
  return { secure, service, namespace, port: port === undefined ? (secure ? 443 : 80) : Number(port) };
}

/** The EventListener behind a Service; undefined: none of ours. */
export function findListener(cluster: Cluster, address: ServiceAddress): Manifest | undefined {
  return cluster
    .visible(kinds.eventListener)
    .find(
      ({ object }) =>
        object.metadata.namespace === address.namespace &&
        listenerService(object.metadata.name) === address.service,
    );
}

/** Port of the listener's Service. With a certificate Tekton takes another one, also for the usual port written out. */
export function portOfListener(listener: Manifest): number {
  const port = fieldAt(listener.object, 'spec', 'resources', 'kubernetesResource', 'servicePort');
  if (typeof port === 'number' && port !== listenerPort) return port;
  return hasCertificate(listener) ? listenerTlsPort : listenerPort;
}

/** Does the listener answer by https, and by nothing else? */
export function hasCertificate(listener: Manifest): boolean {
  const spec = fieldsAt(
    listener.object,
    'spec',
    'resources',
    'kubernetesResource',
    'spec',
    'template',
    'spec',
  );
  const names = listAt(listAt(spec, 'containers')[0], 'env').map((variable) => textAt(variable, 'name'));
  return ['TLS_CERT', 'TLS_KEY'].every((name) => names.includes(name));
}

/** A Trigger as the listener runs it, whether it is an object of its own or written into the listener. */
export interface RunnableTrigger {
  readonly name: string;
  readonly namespace: string;
  /** The Trigger, or the listener that holds it. */
  readonly manifest: Manifest;
  /** Path of the spec in it. */
  readonly path: string;
  readonly spec: unknown;
}

/** The Triggers a listener runs for every request; trigger groups, which we never make, are not read. */
export function findTriggers(cluster: Cluster, listener: Manifest): readonly RunnableTrigger[] {
  return [...selectedTriggers(cluster, listener), ...inlineTriggers(cluster, listener)];
}

function selectedTriggers(cluster: Cluster, listener: Manifest): readonly RunnableTrigger[] {
  const spec = fieldsAt(listener.object, 'spec');
  const selector = fieldAt(spec, 'labelSelector');
  const names = textsAt(spec, 'namespaceSelector', 'matchNames');
  if (selector === undefined && names.length === 0) return [];
  const own = listener.object.metadata.namespace ?? '';
  const isNamed = (namespace: string): boolean =>
    names.length === 0 ? namespace === own : names.includes('*') || names.includes(namespace);
  return cluster
    .visible(kinds.trigger)
    .filter(({ object }) => isNamed(object.metadata.namespace ?? ''))
    .filter(({ object }) => selectsLabels(selector, object.metadata.labels ?? {}))
    .map(asRunnable);
}

function inlineTriggers(cluster: Cluster, listener: Manifest): readonly RunnableTrigger[] {
  const namespace = listener.object.metadata.namespace ?? '';
  return listAt(listener.object, 'spec', 'triggers').flatMap((written, index) => {
    const reference = textAt(written, 'triggerRef');
    if (reference !== undefined) {
      const trigger = cluster.find(kinds.trigger, namespace, reference);
      return trigger === undefined ? [] : [asRunnable(trigger)];
    }
    const name = textAt(written, 'name') ?? '';
    return [{ name, namespace, manifest: listener, path: `spec.triggers[${index}]`, spec: written }];
  });
}

export function asRunnable(manifest: Manifest): RunnableTrigger {
  const { name, namespace = '' } = manifest.object.metadata;
  return { name, namespace, manifest, path: 'spec', spec: fieldAt(manifest.object, 'spec') };
}

/** Every Trigger that is judged, also those no listener runs, and those written into listeners. */
export function allTriggers(cluster: Cluster): readonly RunnableTrigger[] {
  return [
    ...cluster.ofKind(kinds.trigger).map(asRunnable),
    ...cluster
      .ofKind(kinds.eventListener)
      .flatMap((listener) => inlineTriggers(cluster, listener))
      .filter(({ path }) => path !== 'spec'),
  ];
}
