import type { Environment, RemoteCluster, Workspace } from '../../config/model.js';
import { exposure } from './event-fixture.js';
import { deploy, jukeboxWorkspace, prodEnvironment, server, testEnvironment } from './workspace-fixture.js';

export const eu: RemoteCluster = {
  name: 'eu',
  destination: { name: 'eu' },
  tektonMetrics: false,
  ca: { kind: 'ConfigMap', name: 'corporate-ca', key: 'ca.crt' },
};

/** Known by its server, and with the metrics of Tekton. */
export const us: RemoteCluster = {
  name: 'us',
  destination: { server: 'https://api.us.example.com:6443' },
  tektonMetrics: true,
  ca: undefined,
};

/** On another cluster, in a namespace of the name that the first environment's has, too. */
export const prodInEurope: Environment = {
  ...prodEnvironment,
  namespace: testEnvironment.namespace,
  cluster: eu,
};

/** The jukebox in test at home, and in prod on another cluster. */
export const twoClusters = onClusters(testEnvironment, prodInEurope);

/** The workspace of the jukebox with these environments. */
export function onClusters(...environments: readonly Environment[]): Workspace {
  return {
    ...jukeboxWorkspace,
    platform: { ...jukeboxWorkspace.platform, exposure },
    environments,
    models: jukeboxWorkspace.models.map((model) => ({
      ...model,
      deployments: environments.map((environment) => deploy(environment, server)),
    })),
  };
}
