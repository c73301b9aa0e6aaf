import type { Position } from '../problems/problem.js';
import type { Environment } from './model.js';

/** A Helm chart of somebody else that Argo CD installs with the user's values; one per environment it stands in. */
export interface ForeignChart {
  /** DNS label, unique within its environment. */
  readonly name: string;
  /** undefined: it belongs to the toolings. */
  readonly environment: Environment | undefined;
  readonly source: ChartSource;
  /** Name of the Helm release. Default: the chart's name. */
  readonly releaseName: string;
  /** Where its objects go. Default: the namespace of its environment, or of the toolings. */
  readonly namespace: string;
  /** What Helm gets besides the chart's own defaults. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Kinds besides the usual ones that the chart may create in its namespace, as `group/Kind`; `/Kind` is the core group. */
  readonly kinds: readonly string[];
  /** Kinds without a namespace that the chart may create. Default none. */
  readonly clusterKinds: readonly string[];
  /** The strictest Pod Security Standard that its Pods keep. Default `restricted`. */
  readonly podSecurity: 'baseline' | 'restricted';
  /** Where it was written. */
  readonly position: Position | undefined;
}

export type ChartSource =
  | {
      readonly kind: 'git';
      readonly url: string;
      /** Folder in the repository; '' is its root. */
      readonly path: string;
      /** Tag or commit; a branch moves. */
      readonly revision: string;
    }
  | {
      readonly kind: 'helm';
      /** `https://…`, or `host/path` of an OCI registry. */
      readonly url: string;
      readonly chart: string;
      /** Exact version. */
      readonly revision: string;
    };

/** A cluster besides that of Argo CD and the toolings. */
export interface RemoteCluster {
  /** DNS label; also the name of its folder of the bootstrap. */
  readonly name: string;
  /** How Argo CD finds it. */
  readonly destination: ClusterDestination;
  /** Does Prometheus there have the metrics of the toolings' Tekton? Default false. */
  readonly tektonMetrics: boolean;
  /** Who signed the certificate of the exposed listener, in each namespace of ours there; undefined: a public authority. */
  readonly ca: AuthorityReference | undefined;
}

/** Where the certificate of an authority is. */
export interface AuthorityReference {
  /** Default ConfigMap, because it is no secret. */
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Default `ca.crt`. */
  readonly key: string;
}

export type ClusterDestination =
  | { readonly server: string }
  | {
      /** Argo CD's own name of the cluster. */
      readonly name: string;
    };

/** Some models with namespaces of their own. */
export interface Team {
  /** DNS label. */
  readonly name: string;
  /** The workspace's, in their order, with the team's namespaces. */
  readonly environments: readonly Environment[];
  /** Names of those that its alerts go to; undefined: all. */
  readonly receivers: readonly string[] | undefined;
}

/** Among the environments of an access grant: the namespace of pipelines and runs. No environment is called so. */
export const toolingsPlace = 'toolings';

/** People, groups and programs that may work in the namespaces of environments and of the toolings. */
export interface AccessGrant {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  /** Of a ServiceAccount, and of nothing else. */
  readonly namespace: string | undefined;
  /** One of Kubernetes' own ClusterRoles for people. */
  readonly role: AccessRole;
  /** Default all. */
  readonly environments: readonly string[];
  /** In the namespace of pipelines and runs, which all teams share, too? Default no. */
  readonly toolings: boolean;
  /** Only in the namespaces of this team; undefined: in all namespaces of the environments. */
  readonly team: string | undefined;
}

/** From the most to the least. */
export const accessRoles = ['admin', 'edit', 'view'] as const;

export type AccessRole = (typeof accessRoles)[number];
