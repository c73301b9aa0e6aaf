import type { ExposureKind } from '../model-exposure.js';
import type { Profile } from '../model-profile.js';
import type { Component } from './versions.js';

/** One answer to a feature's question; it counts when the platform is what it asks for. */
export interface Choice<T> {
  readonly value: T;
  /** Only on this profile; undefined: on each. */
  readonly profile?: Profile;
  /** Only from these versions on; undefined: always. */
  readonly since?: Readonly<Partial<Record<Component, string>>>;
  /** Where it is written, or was seen. */
  readonly source: string;
}

/** Something that differs between clusters. The first choice that counts decides, and the last one always counts. */
export interface Feature<T> {
  readonly meaning: string;
  readonly choices: readonly [...Choice<T>[], Pick<Choice<T>, 'value' | 'source'>];
}

const operatorApi = 'https://prometheus-operator.dev/docs/api-reference/api/';
const uwm = 'https://docs.redhat.com/en/documentation/monitoring_stack_for_red_hat_openshift/';
const pipelinesOnOpenShift = 'https://docs.redhat.com/en/documentation/red_hat_openshift_pipelines/';
const gitopsOnOpenShift = 'https://docs.redhat.com/en/documentation/red_hat_openshift_gitops/';
const kserveSource = 'https://github.com/kserve/kserve/tree/master/pkg/controller/v1beta1/inferenceservice';
const seen = 'seen on a cluster with the versions driftloop is tested with';

/** The table: everything that profile and versions decide, and nothing else does. */
export const features = {
  alertmanagerConfig: feature<'v1alpha1' | 'v1beta1'>('API version of AlertmanagerConfig', [
    {
      value: 'v1beta1',
      profile: 'openshift',
      since: { prometheusOperator: '0.57' },
      source: uwm,
    },
    // v1beta1 needs a conversion webhook, which the operator's own manifests leave out.
    { value: 'v1alpha1', source: operatorApi },
  ]),
  keepFiringFor: feature('Prometheus keeps an alert firing after its condition ended (`keep_firing_for`)', [
    {
      value: true,
      since: { prometheus: '2.42', prometheusOperator: '0.66' },
      source: 'https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/',
    },
    { value: false, source: operatorApi },
  ]),
  webhookTimeout: feature('A webhook of Alertmanager has a deadline of its own (`timeout`)', [
    { value: true, since: { alertmanager: '0.28', prometheusOperator: '0.82' }, source: operatorApi },
    { value: false, source: operatorApi },
  ]),
  teams: feature<'msteamsv2Configs' | 'msteamsConfigs' | undefined>(
    'Field of a receiver for Microsoft Teams',
    [
      {
        value: 'msteamsv2Configs',
        since: { alertmanager: '0.28', prometheusOperator: '0.82' },
        source: operatorApi,
      },
      {
        value: 'msteamsConfigs',
        since: { alertmanager: '0.26', prometheusOperator: '0.69' },
        source: operatorApi,
      },
      { value: undefined, source: operatorApi },
    ],
  ),
  activeTimes: feature('A route of Alertmanager has times in which it is active (`activeTimeIntervals`)', [
    { value: true, since: { alertmanager: '0.24', prometheusOperator: '0.62' }, source: operatorApi },
    { value: false, source: operatorApi },
  ]),
  ruleView: feature<'namespace' | 'cluster'>(
    'Whose metrics alerting rules and dashboards of a namespace may read',
    [
      { value: 'namespace', profile: 'openshift', source: uwm },
      { value: 'cluster', source: operatorApi },
    ],
  ),
  tektonV1: feature('Tasks, Pipelines and PipelineRuns of the API version `tekton.dev/v1`', [
    {
      value: true,
      since: { tekton: '0.44' },
      source: 'https://github.com/tektoncd/pipeline/blob/main/docs/deprecations.md',
    },
    { value: false, source: 'https://github.com/tektoncd/pipeline/blob/main/docs/deprecations.md' },
  ]),
  modelImages: feature('An InferenceService takes its model from an image (`oci://`)', [
    {
      value: true,
      since: { kserve: '0.12' },
      source: 'https://kserve.github.io/website/docs/model-serving/storage/providers/oci',
    },
    { value: false, source: 'https://kserve.github.io/website/docs/model-serving/storage/providers/oci' },
  ]),
  deploymentModes: feature<Readonly<Record<'Standard' | 'Knative', string>>>(
    "KServe's names of its deployment modes",
    [
      {
        value: { Standard: 'Standard', Knative: 'Knative' },
        since: { kserve: '0.16' },
        source: 'https://kserve.github.io/website/docs/admin-guide/overview',
      },
      {
        value: { Standard: 'RawDeployment', Knative: 'Serverless' },
        source: 'https://kserve.github.io/archive/0.15/admin/kubernetes_deployment/',
      },
    ],
  ),
  modelController: feature<'openshift-ai' | 'none'>(
    'Who looks after InferenceServices besides KServe: reads their metrics, checks tokens, knows connections',
    [
      {
        value: 'openshift-ai',
        profile: 'openshift',
        source: 'https://docs.redhat.com/en/documentation/red_hat_openshift_ai_self-managed/',
      },
      { value: 'none', source: seen },
    ],
  ),
  standardCanary: feature('An InferenceService in Standard mode has canaries (`spec.canary`)', [
    { value: true, since: { kserve: '0.20' }, source: `${seen}; the traffic needs an HTTPRoute of ours` },
    { value: false, source: 'https://kserve.github.io/archive/0.15/modelserving/v1beta1/rollout/canary/' },
  ]),
  knativeCanary: feature('An InferenceService in Knative mode has a canary (`canaryTrafficPercent`)', [
    {
      value: true,
      source:
        'https://kserve.github.io/website/docs/model-serving/predictive-inference/rollout-strategies/canary',
    },
  ]),
  fixedPods: feature('An InferenceService in Standard mode needs no autoscaler for a fixed number of Pods', [
    { value: true, since: { kserve: '0.15' }, source: kserveSource },
    { value: false, source: kserveSource },
  ]),
  kedaScaling: feature('An InferenceService in Standard mode scales by a query of Prometheus', [
    { value: true, since: { kserve: '0.15' }, source: kserveSource },
    { value: false, source: kserveSource },
  ]),
  kedaAuthentication: feature('KEDA shows Prometheus a token for an InferenceService', [
    { value: true, profile: 'openshift', since: { kserve: '0.15' }, source: kserveSource },
    { value: true, since: { kserve: '0.16' }, source: kserveSource },
    { value: false, source: kserveSource },
  ]),
  sidecarTransformer: feature('A transformer runs in the Pods of a model that a runtime serves', [
    { value: true, since: { kserve: '0.15' }, source: kserveSource },
    { value: false, source: kserveSource },
  ]),
  followsRuntime: feature('An InferenceService follows its ServingRuntime when that changes', [
    { value: true, since: { kserve: '0.16' }, source: kserveSource },
    { value: false, source: kserveSource },
  ]),
  listenerTls: feature<'service-ca' | 'none'>('Who gives the listener its certificate', [
    {
      value: 'service-ca',
      profile: 'openshift',
      source:
        'https://docs.openshift.com/container-platform/latest/security/certificates/service-serving-certificate.html',
    },
    { value: 'none', source: seen },
  ]),
  exposure: feature<readonly ExposureKind[]>(
    'How the listener can be reached from outside; the first is the default',
    [
      {
        value: ['route', 'ingress', 'httproute'],
        profile: 'openshift',
        source:
          'https://docs.openshift.com/container-platform/latest/networking/routes/route-configuration.html',
      },
      {
        value: ['ingress', 'httproute'],
        source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
      },
    ],
  ),
  podUser: feature<'fixed' | 'assigned'>(
    'Who chooses the user of a Pod: we, or the cluster for each namespace',
    [
      {
        value: 'assigned',
        profile: 'openshift',
        source:
          'https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html',
      },
      { value: 'fixed', source: seen },
    ],
  ),
  tektonContainers: feature<'flag' | 'cluster'>(
    'Who makes the containers that Tekton adds fit Pod Security "restricted": a flag of Tekton, or the cluster',
    [
      { value: 'cluster', profile: 'openshift', source: pipelinesOnOpenShift },
      { value: 'flag', source: seen },
    ],
  ),
  argocdSettings: feature<'argocd-cm' | 'ArgoCD'>("Where Argo CD's settings are written", [
    { value: 'ArgoCD', profile: 'openshift', source: gitopsOnOpenShift },
    { value: 'argocd-cm', source: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/health/' },
  ]),
  sourceHydrator: feature<boolean>(
    'Can Argo CD copy what it applies to another branch before, folder by folder',
    [
      {
        value: true,
        since: { argocd: '3.3' },
        source: 'https://argo-cd.readthedocs.io/en/stable/user-guide/source-hydrator/',
      },
      { value: false, source: 'https://argo-cd.readthedocs.io/en/release-3.2/user-guide/source-hydrator/' },
    ],
  ),
  argocdNamespaces: feature<'labelled' | 'all'>('Which namespaces Argo CD may write to', [
    { value: 'labelled', profile: 'openshift', source: gitopsOnOpenShift },
    { value: 'all', source: 'https://argo-cd.readthedocs.io/en/stable/getting_started/' },
  ]),
} as const;

function feature<T>(meaning: string, choices: Feature<T>['choices']): Feature<T> {
  return { meaning, choices };
}

export type FeatureName = keyof typeof features;

/** What a platform can do: each feature's value. */
export type Capabilities = {
  readonly [Name in FeatureName]: (typeof features)[Name] extends Feature<infer T> ? T : never;
};
