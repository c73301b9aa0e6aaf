import type { AuthorityReference, Platform, RemoteCluster } from '../../config/model.js';
import type { AlertmanagerConfigSpecReceiversWebhookConfigsHttpConfigTlsConfig } from '../../imports/monitoring.coreos.com.js';
import { listenerCertificate } from '../conventions.js';

/** Tekton hands an EventListener's annotations on to its Service, where OpenShift's service CA looks for this one. */
const certificateAnnotation = 'service.beta.openshift.io/serving-cert-secret-name';

/** The CA's certificate, which OpenShift puts into every namespace. */
const authority = { name: 'openshift-service-ca.crt', key: 'service-ca.crt' };

/** On an EventListener: asks for its certificate, where there is somebody to ask. */
export function annotateListener(platform: Platform, listener: string): Record<string, string> {
  return platform.capabilities.listenerTls === 'none'
    ? {}
    : { [certificateAnnotation]: listenerCertificate(listener) };
}

/** The listener's certificate and key; with both it answers by https only. */
export function certificateVariables(platform: Platform, listener: string) {
  if (platform.capabilities.listenerTls === 'none') return {};
  const read = (name: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: listenerCertificate(listener), key } },
  });
  return { env: [read('TLS_CERT', 'tls.crt'), read('TLS_KEY', 'tls.key')] };
}

type TlsConfig = AlertmanagerConfigSpecReceiversWebhookConfigsHttpConfigTlsConfig;
type Authority = NonNullable<TlsConfig['ca']>;

/**
 * How a caller knows that it talks to the listener.
 * @param cluster the caller's; undefined: that of the listener
 */
export function trustListener(
  platform: Platform,
  cluster: RemoteCluster | undefined,
): { readonly tlsConfig?: TlsConfig } {
  if (cluster !== undefined)
    return cluster.ca === undefined ? {} : { tlsConfig: { ca: readAuthority(cluster.ca) } };
  return platform.capabilities.listenerTls === 'none' ? {} : { tlsConfig: { ca: { configMap: authority } } };
}

function readAuthority({ kind, name, key }: AuthorityReference): Authority {
  return kind === 'Secret' ? { secret: { name, key } } : { configMap: { name, key } };
}
