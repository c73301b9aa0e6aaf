import { readFileSync } from 'node:fs';
import type { Checked } from '../../problems/problem.js';
import { ApiServer } from './api-server.js';
import { credentialsOf } from './credentials.js';
import { kubeconfigFiles, readKubeContext } from './kubeconfig.js';
import type { KubeContext, KubeconfigRequest } from './kubeconfig.js';

/** Where a Pod finds who it is. */
const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The API server of a context of the kubeconfig. A Pod without a kubeconfig, such as a step of a pipeline, asks the one of
 * its own cluster as its service account.
 */
export function openApiServer(request: KubeconfigRequest): Checked<ApiServer> {
  const { environment } = request;
  const pod = kubeconfigFiles(request).length === 0 ? contextOfPod(environment) : undefined;
  const { value: context, problems } =
    pod === undefined ? readKubeContext(request) : { value: pod, problems: [] };
  if (context === undefined) return { value: undefined, problems };
  return {
    value: new ApiServer(context, credentialsOf(context, environment), environment),
    problems: [],
  };
}

function contextOfPod(environment: NodeJS.ProcessEnv): KubeContext | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = environment;
  if (host === undefined || !isMounted()) return undefined;
  return {
    name: 'this Pod',
    cluster: {
      server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
      'certificate-authority': `${account}/ca.crt`,
    },
    clusterFolder: account,
    user: { tokenFile: `${account}/token` },
    userFolder: account,
  };
}

function isMounted(): boolean {
  try {
    return readFileSync(`${account}/token`, 'utf8') !== '';
  } catch {
    return false;
  }
}
