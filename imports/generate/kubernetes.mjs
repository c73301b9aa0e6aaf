/**
 * The schemas of Kubernetes' own kinds, from its OpenAPI definitions. What the API server checks in Go code
 * and the definitions do not say (enumerations, ranges) is added by `constraints`, which follows
 * pkg/apis/core/validation and its neighbours.
 */

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const core = 'io.k8s.api.core.v1';
const resource = 'io.k8s.apimachinery.pkg.api.resource';

export const objectMeta = { $ref: `${meta}.ObjectMeta` };
export const quantity = { $ref: `${resource}.Quantity` };
export const coreRef = (name) => ({ $ref: `${core}.${name}` });
export const labelSelector = { $ref: `${meta}.LabelSelector` };

const replaced = {
  [`${resource}.Quantity`]: {
    'x-kubernetes-int-or-string': true,
    pattern:
      '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
  },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true },
  [`${meta}.FieldsV1`]: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
};

const oneOf = (...values) => ({ enum: values });
const port = { minimum: 1, maximum: 65535 };
const protocol = { ...oneOf('TCP', 'UDP', 'SCTP'), default: 'TCP' };
const pullPolicy = oneOf('Always', 'IfNotPresent', 'Never');
const terminationMessagePolicy = oneOf('File', 'FallbackToLogsOnError');
const count = { minimum: 0 };
const rbacGroup = oneOf('rbac.authorization.k8s.io');

const constraints = {
  [`${meta}.ObjectMeta`]: { labels: { format: 'labels' }, annotations: { format: 'annotations' } },
  [`${meta}.LabelSelector`]: { matchLabels: { format: 'labels' } },
  [`${meta}.LabelSelectorRequirement`]: { operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist') },
  [`${core}.Container`]: { imagePullPolicy: pullPolicy, terminationMessagePolicy },
  [`${core}.ContainerPort`]: { containerPort: port, hostPort: port, protocol },
  [`${core}.HTTPGetAction`]: { scheme: oneOf('HTTP', 'HTTPS') },
  [`${core}.NodeSelectorRequirement`]: {
    operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'),
  },
  [`${core}.PersistentVolumeClaimSpec`]: {
    accessModes: { items: { enum: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'] } },
    volumeMode: oneOf('Block', 'Filesystem'),
  },
  [`${core}.PodSpec`]: {
    containers: { minItems: 1 },
    dnsPolicy: oneOf('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
    restartPolicy: oneOf('Always', 'OnFailure', 'Never'),
  },
  [`${core}.SeccompProfile`]: { type: oneOf('Localhost', 'RuntimeDefault', 'Unconfined') },
  [`${core}.ServicePort`]: { port, protocol },
  [`${core}.ServiceSpec`]: {
    externalTrafficPolicy: oneOf('Cluster', 'Local'),
    internalTrafficPolicy: oneOf('Cluster', 'Local'),
    selector: { format: 'labels' },
    sessionAffinity: oneOf('ClientIP', 'None'),
    type: oneOf('ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'),
  },
  [`${core}.Toleration`]: {
    effect: oneOf('NoExecute', 'NoSchedule', 'PreferNoSchedule'),
    operator: oneOf('Equal', 'Exists'),
  },
  'io.k8s.api.apps.v1.DeploymentSpec': {
    replicas: count,
    minReadySeconds: count,
    revisionHistoryLimit: count,
  },
  'io.k8s.api.apps.v1.DeploymentStrategy': { type: oneOf('Recreate', 'RollingUpdate') },
  'io.k8s.api.batch.v1.CronJobSpec': { concurrencyPolicy: oneOf('Allow', 'Forbid', 'Replace') },
  'io.k8s.api.batch.v1.JobSpec': {
    activeDeadlineSeconds: count,
    backoffLimit: count,
    completionMode: oneOf('Indexed', 'NonIndexed'),
    completions: count,
    parallelism: count,
    ttlSecondsAfterFinished: count,
  },
  'io.k8s.api.networking.v1.HTTPIngressPath': {
    pathType: oneOf('Exact', 'ImplementationSpecific', 'Prefix'),
  },
  'io.k8s.api.networking.v1.NetworkPolicyPort': { protocol },
  'io.k8s.api.networking.v1.NetworkPolicySpec': { policyTypes: { items: { enum: ['Egress', 'Ingress'] } } },
  'io.k8s.api.rbac.v1.PolicyRule': { verbs: { minItems: 1 } },
  'io.k8s.api.rbac.v1.RoleRef': { apiGroup: rbacGroup, kind: oneOf('ClusterRole', 'Role') },
  'io.k8s.api.rbac.v1.Subject': { kind: oneOf('Group', 'ServiceAccount', 'User') },
};

/** A reader of definitions by name: with short references, replacements and constraints. */
export function openDefinitions(swagger) {
  const { definitions } = JSON.parse(swagger);
  return (name) => {
    if (replaced[name] !== undefined) return replaced[name];
    const found = definitions[name];
    if (found === undefined) throw new Error(`Kubernetes' OpenAPI has no definition ${name}`);
    return addConstraints(name, shortenReferences(found));
  };
}

function shortenReferences(node) {
  if (Array.isArray(node)) return node.map(shortenReferences);
  if (typeof node !== 'object' || node === null) return node;
  if (typeof node.$ref === 'string') return { $ref: node.$ref.split('/').pop() };
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, shortenReferences(value)]));
}

function addConstraints(name, schema) {
  const properties = { ...schema.properties };
  for (const [property, constraint] of Object.entries(constraints[name] ?? {})) {
    const plain = properties[property];
    if (plain === undefined) throw new Error(`${name} has no ${property} (generate/kubernetes.mjs)`);
    properties[property] = {
      ...plain,
      ...constraint,
      ...(constraint.items && { items: { ...plain.items, ...constraint.items } }),
    };
  }
  return { ...schema, properties };
}

/** A definition with some of its properties only, none of them required. */
export function pickProperties(schema, names) {
  const entries = names.map((name) => [name, schema.properties[name]]);
  const missing = entries.filter(([, property]) => property === undefined);
  if (missing.length > 0) throw new Error(`no property ${missing[0][0]} to pick`);
  return { type: 'object', properties: Object.fromEntries(entries) };
}
