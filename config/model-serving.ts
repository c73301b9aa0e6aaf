import type { ContainerResources, SecretKey } from './model.js';

export type Serving = DeploymentServing | InferenceServiceServing;

interface ServingBasics {
  /** Number of Pods; without effect when `autoscaling` is given. */
  readonly replicas: number;
  /** undefined: always as many Pods as `replicas`. */
  readonly autoscaling: Autoscaling | undefined;
  readonly resources: ContainerResources;
  /** Besides what the image or the runtime has. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Secrets with the credentials of registries. */
  readonly imagePullSecrets: readonly string[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  /** undefined: the Pods have no identity and no token. */
  readonly serviceAccount: ServingAccount | undefined;
  /** What runs before the first release is recorded; undefined: nothing is rendered until then. */
  readonly initial: ReleasedModel | undefined;
}

/** A plain Deployment and Service around the user's server image. */
export interface DeploymentServing extends ServingBasics {
  readonly kind: 'deployment';
  readonly image: string;
  readonly command: readonly string[];
  readonly port: number;
  readonly readinessPath: string;
}

/** A KServe InferenceService. */
export interface InferenceServiceServing extends ServingBasics {
  readonly kind: 'inferenceservice';
  readonly mode: 'Standard' | 'Knative';
  readonly format: string;
  /** undefined: KServe chooses one of the cluster's. */
  readonly runtime: RuntimeChoice | undefined;
  readonly transformer: Transformer | undefined;
  /** Share of the requests that the newest version gets; undefined: all, as soon as it is ready. */
  readonly canary: { readonly trafficPercent: number } | undefined;
  /** Can it be reached from outside of the cluster? Default false. */
  readonly exposed: boolean;
  /** Must callers show a token? Only where the profile can ask for one; undefined: it cannot. */
  readonly authentication: boolean | undefined;
  /** A connection of OpenShift AI; undefined: none. */
  readonly connection: string | undefined;
}

/** Who runs the model: a ServingRuntime or ClusterServingRuntime that exists, or one of the model's own. */
export type RuntimeChoice =
  { readonly kind: 'existing'; readonly name: string } | ({ readonly kind: 'own' } & ModelServer);

/** The server of a ServingRuntime. */
export interface ModelServer {
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  /** KServe's name of the protocol it speaks. Default `v2`. */
  readonly protocol: 'v1' | 'v2';
  /** Answers 200 when the model is loaded; undefined: an open port is enough. */
  readonly readinessPath: string | undefined;
}

/** Prepares requests and answers; callers talk to it instead of the model. */
export interface Transformer {
  /** In the Pods of the model, or in Pods of its own. */
  readonly placement: 'sidecar' | 'component';
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly resources: ContainerResources;
  readonly port: number;
}

/** Between `min` and `max` Pods, so that the target is kept. */
export interface Autoscaling {
  readonly min: number;
  readonly max: number;
  readonly target: ScalingTarget;
}

export type ScalingTarget =
  /** Per cent of what a Pod requests. */
  | { readonly metric: 'cpu' | 'memory'; readonly value: number }
  /** Requests at a time, or per second, of one Pod (Knative). */
  | { readonly metric: 'concurrency' | 'rps'; readonly value: number }
  /** Value of the query for each Pod (KEDA). */
  | ({ readonly metric: 'prometheus'; readonly value: number } & PrometheusScaling);

export interface PrometheusScaling {
  readonly server: string;
  /** PromQL; selectors that do not say otherwise see the environment's namespace only. */
  readonly query: string;
  /** Secret with a bearer token for Prometheus; undefined: it asks for none. */
  readonly tokenSecret: SecretKey | undefined;
  /** Secret with the certificate of Prometheus's authority; undefined: one that everybody knows. */
  readonly caSecret: SecretKey | undefined;
}

/** Identity of the Pods: a ServiceAccount of the model's own. */
export interface ServingAccount {
  /** Secrets with which KServe fetches the model from a store. */
  readonly secrets: readonly string[];
  /** Such as the role that a cloud gives to the account. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Do the containers get a token for the cluster's API? Default false. */
  readonly token: boolean;
}

export interface Toleration {
  readonly key: string;
  /** undefined: whatever the taint's value is. */
  readonly value: string | undefined;
  /** undefined: every effect. */
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute' | undefined;
}

/** A model version and where its files are. */
export interface ReleasedModel {
  readonly version: string;
  /** `oci://repository@sha256:…`; an initial version may also be a tag, or in a store. */
  readonly image: string;
}
