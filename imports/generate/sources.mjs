/**
 * Which files of which pinned modules (crds/go.mod) are read, and what is kept of them.
 *
 * `keep` lists, by path, the only properties of an object that the generated classes have; the schemas
 * of `schemas/structural.json` keep everything. It exists because whole Pod specifications, repeated for
 * each component, make classes of 130 000 lines. `classes: false` makes none: what is rendered is made from the
 * classes of another version of the kind. `trimmed: true` keeps no more in the schemas either, where a kind repeats Pod
 * specifications that nobody renders. `without` names keywords of a schema that are left out, because they rule
 * out combinations that are never rendered.
 */

const receiverKinds = [
  'name',
  'webhookConfigs',
  'slackConfigs',
  'emailConfigs',
  'pagerdutyConfigs',
  'msteamsv2Configs',
];

const scrapeFields = [
  'authorization',
  'bearerTokenSecret',
  'honorLabels',
  'interval',
  'metricRelabelings',
  'params',
  'path',
  'port',
  'relabelings',
  'scheme',
  'scrapeTimeout',
  'targetPort',
  'tlsConfig',
];

const predictorFields = [
  'annotations',
  'autoScaling',
  'automountServiceAccountToken',
  'canaryTrafficPercent',
  'containerConcurrency',
  'containers',
  'deploymentStrategy',
  'imagePullSecrets',
  'labels',
  'logger',
  'maxReplicas',
  'minReplicas',
  'model',
  'nodeSelector',
  'scaleMetric',
  'scaleTarget',
  'serviceAccountName',
  'timeout',
  'tolerations',
];

const containerFields = [
  'args',
  'command',
  'env',
  'envFrom',
  'image',
  'imagePullPolicy',
  'livenessProbe',
  'name',
  'ports',
  'readinessProbe',
  'resources',
  'securityContext',
  'startupProbe',
  'volumeMounts',
  'workingDir',
];

const transformerFields = [
  'automountServiceAccountToken',
  'containers',
  'imagePullSecrets',
  'maxReplicas',
  'minReplicas',
  'nodeSelector',
  'scaleMetric',
  'scaleTarget',
  'serviceAccountName',
  'tolerations',
];

/** Of containers that stand beside the model's. */
const plainContainerFields = [
  'args',
  'command',
  'env',
  'image',
  'name',
  'ports',
  'readinessProbe',
  'resources',
  'securityContext',
];

const podAutoscalingFields = ['external', 'resource', 'type'];

const modelFields = ['modelFormat', 'protocolVersion', 'runtime', 'runtimeVersion', 'storage', 'storageUri'];

/** Of Pods that other controllers make for a training. */
const podFields = [
  'affinity',
  'automountServiceAccountToken',
  'containers',
  'enableServiceLinks',
  'nodeSelector',
  'restartPolicy',
  'securityContext',
  'serviceAccountName',
  'tolerations',
  'volumes',
];

const trainingContainerFields = [
  'args',
  'command',
  'env',
  'image',
  'name',
  'resources',
  'securityContext',
  'volumeMounts',
  'workingDir',
];

/** What `keep` says of a Pod's specification that stands at a path. */
function keepPod(path) {
  return {
    [`${path}.template`]: ['metadata', 'spec'],
    [`${path}.template.spec`]: podFields,
    [`${path}.template.spec.affinity`]: ['podAffinity'],
    [`${path}.template.spec.containers[]`]: trainingContainerFields,
    [`${path}.template.spec.volumes[]`]: ['name', 'persistentVolumeClaim'],
  };
}

const sparkPodFields = [
  'affinity',
  'coreRequest',
  'cores',
  'env',
  'labels',
  'memory',
  'nodeSelector',
  'podSecurityContext',
  'securityContext',
  'tolerations',
];

const runtimePatch = 'spec.runtimePatches[].trainingRuntimeSpec';
const runtimePatchPod = `${runtimePatch}.template.spec.replicatedJobs[].template.spec.template.spec`;

export const crdSources = [
  {
    module: 'github.com/tektoncd/pipeline',
    files: ['300-task.yaml', '300-pipeline.yaml', '300-pipelinerun.yaml'].map(
      (file) => `config/300-crds/${file}`,
    ),
    version: 'v1',
    keep: {},
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    files: ['example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml'],
    version: 'v1',
    keep: {},
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    files: ['example/prometheus-operator-crd/monitoring.coreos.com_alertmanagerconfigs.yaml'],
    version: 'v1alpha1',
    keep: { 'spec.receivers[]': receiverKinds },
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    files: ['example/prometheus-operator-crd-full/monitoring.coreos.com_alertmanagerconfigs.yaml'],
    version: 'v1beta1',
    classes: false,
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    files: ['example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml'],
    version: 'v1',
    keep: { 'spec.endpoints[]': scrapeFields },
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    files: ['example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml'],
    version: 'v1',
    keep: { 'spec.podMetricsEndpoints[]': scrapeFields.concat('portNumber') },
  },
  {
    module: 'github.com/argoproj/argo-cd/v3',
    files: ['manifests/crds/application-crd.yaml', 'manifests/crds/appproject-crd.yaml'],
    version: 'v1alpha1',
    keep: {},
  },
  {
    module: 'github.com/argoproj/argo-cd/v3',
    files: ['manifests/crds/applicationset-crd.yaml'],
    version: 'v1alpha1',
    keep: {
      spec: [
        'generators',
        'goTemplate',
        'goTemplateOptions',
        'preservedFields',
        'syncPolicy',
        'template',
        'templatePatch',
      ],
      'spec.generators[]': ['git'],
      'spec.generators[].git': ['files', 'repoURL', 'revision'],
      'spec.template.spec': ['destination', 'project', 'source', 'syncPolicy'],
      'spec.template.spec.source': ['directory', 'path', 'repoURL', 'targetRevision'],
    },
  },
  {
    module: 'github.com/kserve/kserve',
    files: ['config/crd/full/serving.kserve.io_inferenceservices.yaml'],
    version: 'v1beta1',
    keep: {
      spec: ['predictor', 'transformer'],
      'spec.predictor': predictorFields,
      'spec.predictor.autoScaling': ['metrics'],
      'spec.predictor.autoScaling.metrics[]': podAutoscalingFields,
      'spec.transformer': transformerFields,
      'spec.transformer.containers[]': plainContainerFields,
      'spec.predictor.model': [...containerFields, ...modelFields],
      'spec.predictor.containers[]': plainContainerFields,
    },
  },
  {
    module: 'github.com/kserve/kserve',
    files: ['config/crd/full/serving.kserve.io_servingruntimes.yaml'],
    version: 'v1alpha1',
    keep: {
      spec: [
        'annotations',
        'containers',
        'labels',
        'multiModel',
        'protocolVersions',
        'supportedModelFormats',
      ],
      'spec.containers[]': plainContainerFields,
    },
  },
  {
    module: 'github.com/kedacore/keda/v2',
    files: ['config/crd/bases/keda.sh_triggerauthentications.yaml'],
    version: 'v1alpha1',
    keep: { spec: ['secretTargetRef'] },
  },
  {
    module: 'github.com/trustyai-explainability/trustyai-service-operator',
    files: ['config/crd/bases/trustyai.opendatahub.io_trustyaiservices.yaml'],
    version: 'v1alpha1',
    keep: {},
  },
  {
    module: 'github.com/grafana/grafana-operator/v5',
    files: ['grafanadashboards', 'grafanafolders', 'grafanadatasources'].map(
      (kind) => `config/crd/bases/grafana.integreatly.org_${kind}.yaml`,
    ),
    version: 'v1beta1',
    keep: {},
  },
  {
    module: 'github.com/openshift/api',
    files: ['route/v1/route.crd.yaml'],
    version: 'v1',
    without: ['allOf'],
    keep: {
      spec: ['host', 'path', 'port', 'tls', 'to', 'wildcardPolicy'],
      'spec.tls': ['insecureEdgeTerminationPolicy', 'termination'],
    },
  },
  {
    module: 'github.com/kubeflow/trainer/v2',
    files: ['manifests/base/crds/trainer.kubeflow.org_trainjobs.yaml'],
    version: 'v1alpha1',
    trimmed: true,
    keep: {
      spec: ['activeDeadlineSeconds', 'runtimePatches', 'runtimeRef', 'trainer'],
      [runtimePatchPod]: [
        'affinity',
        'containers',
        'nodeSelector',
        'securityContext',
        'serviceAccountName',
        'tolerations',
        'volumes',
      ],
      [`${runtimePatchPod}.affinity`]: ['podAffinity'],
      [`${runtimePatchPod}.containers[]`]: ['name', 'securityContext', 'volumeMounts'],
      [`${runtimePatchPod}.volumes[]`]: ['name', 'persistentVolumeClaim'],
    },
  },
  {
    module: 'github.com/ray-project/kuberay/ray-operator',
    files: ['config/crd/bases/ray.io_rayjobs.yaml'],
    version: 'v1',
    trimmed: true,
    keep: {
      spec: [
        'activeDeadlineSeconds',
        'backoffLimit',
        'entrypoint',
        'rayClusterSpec',
        'shutdownAfterJobFinishes',
        'submissionMode',
        'submitterPodTemplate',
        'ttlSecondsAfterFinished',
      ],
      'spec.submitterPodTemplate': ['spec'],
      'spec.submitterPodTemplate.spec': podFields,
      'spec.submitterPodTemplate.spec.affinity': ['podAffinity'],
      'spec.submitterPodTemplate.spec.containers[]': trainingContainerFields,
      'spec.submitterPodTemplate.spec.volumes[]': ['name', 'persistentVolumeClaim'],
      'spec.rayClusterSpec': ['headGroupSpec', 'rayVersion', 'workerGroupSpecs'],
      'spec.rayClusterSpec.headGroupSpec': ['rayStartParams', 'template'],
      'spec.rayClusterSpec.workerGroupSpecs[]': [
        'groupName',
        'maxReplicas',
        'minReplicas',
        'rayStartParams',
        'replicas',
        'template',
      ],
      ...keepPod('spec.rayClusterSpec.headGroupSpec'),
      ...keepPod('spec.rayClusterSpec.workerGroupSpecs[]'),
    },
  },
  {
    module: 'github.com/kubeflow/spark-operator/v2',
    files: ['config/crd/bases/sparkoperator.k8s.io_sparkapplications.yaml'],
    version: 'v1beta2',
    trimmed: true,
    keep: {
      spec: [
        'arguments',
        'driver',
        'executor',
        'image',
        'mainApplicationFile',
        'mode',
        'pythonVersion',
        'restartPolicy',
        'sparkVersion',
        'type',
        'volumes',
      ],
      'spec.driver': [...sparkPodFields, 'serviceAccount', 'volumeMounts'],
      'spec.driver.affinity': ['podAffinity'],
      'spec.executor': [...sparkPodFields, 'instances'],
      'spec.executor.affinity': ['podAffinity'],
      'spec.volumes[]': ['name', 'persistentVolumeClaim'],
    },
  },
  {
    module: 'sigs.k8s.io/gateway-api',
    files: ['config/crd/standard/gateway.networking.k8s.io_httproutes.yaml'],
    version: 'v1',
    without: ['x-kubernetes-validations'],
    keep: {
      spec: ['hostnames', 'parentRefs', 'rules'],
      'spec.rules[]': ['backendRefs', 'matches'],
      'spec.rules[].backendRefs[]': ['group', 'kind', 'name', 'port', 'weight'],
      'spec.rules[].matches[]': ['method', 'path'],
    },
  },
];

/** The definitions of Kubernetes' own kinds. */
export const kubernetesSource = { module: 'k8s.io/kubernetes', files: ['api/openapi-spec/swagger.json'] };

/** Kubernetes' own kinds that driftloop renders; cdk8s-plus-28 has their classes, so only schemas are made. */
export const kubernetesKinds = [
  { apiVersion: 'v1', kind: 'Namespace', scope: 'Cluster', definition: 'io.k8s.api.core.v1.Namespace' },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    scope: 'Namespaced',
    definition: 'io.k8s.api.core.v1.ServiceAccount',
  },
  { apiVersion: 'v1', kind: 'ConfigMap', scope: 'Namespaced', definition: 'io.k8s.api.core.v1.ConfigMap' },
  { apiVersion: 'v1', kind: 'Service', scope: 'Namespaced', definition: 'io.k8s.api.core.v1.Service' },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    scope: 'Namespaced',
    definition: 'io.k8s.api.core.v1.PersistentVolumeClaim',
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    scope: 'Namespaced',
    definition: 'io.k8s.api.apps.v1.Deployment',
  },
  { apiVersion: 'batch/v1', kind: 'Job', scope: 'Namespaced', definition: 'io.k8s.api.batch.v1.Job' },
  { apiVersion: 'batch/v1', kind: 'CronJob', scope: 'Namespaced', definition: 'io.k8s.api.batch.v1.CronJob' },
  ...['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map((kind) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    scope: kind.startsWith('Cluster') ? 'Cluster' : 'Namespaced',
    definition: `io.k8s.api.rbac.v1.${kind}`,
  })),
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    scope: 'Namespaced',
    definition: 'io.k8s.api.networking.v1.Ingress',
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    scope: 'Namespaced',
    definition: 'io.k8s.api.networking.v1.NetworkPolicy',
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    scope: 'Namespaced',
    definition: 'io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler',
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    scope: 'Namespaced',
    definition: 'io.k8s.api.policy.v1.PodDisruptionBudget',
  },
  {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    scope: 'Namespaced',
    definition: 'io.k8s.api.coordination.v1.Lease',
  },
];
