import { coreRef, labelSelector, pickProperties } from './kubernetes.mjs';

/**
 * Schemas of Tekton Triggers v1beta1, whose upstream definitions carry none. Fields follow
 * pkg/apis/triggers/v1beta1/*_types.go, what is required and allowed follows *_validation.go of the pinned
 * version. What Tekton's webhook fills in (`kind` of references) is not required here; the types in
 * triggers.tekton.dev.ts ask for it.
 */

const text = { type: 'string' };
const name = { type: 'string', minLength: 1 };
const list = (items, more = {}) => ({ type: 'array', items, ...more });
const object = (properties, required = []) => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});
const anything = { 'x-kubernetes-preserve-unknown-fields': true };
const byName = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] };

const templateSpec = object(
  {
    params: list(object({ name, description: text, default: text }, ['name']), byName),
    resourcetemplates: list(
      {
        type: 'object',
        'x-kubernetes-embedded-resource': true,
        'x-kubernetes-preserve-unknown-fields': true,
      },
      { minItems: 1 },
    ),
  },
  ['resourcetemplates'],
);

const apiversion = { type: 'string', enum: ['v1alpha1', 'v1beta1'] };

const template = {
  anyOf: [object({ ref: name, apiversion }, ['ref']), object({ spec: templateSpec, apiversion }, ['spec'])],
};

const binding = {
  anyOf: [
    object({ name, value: text, kind: { type: 'string', enum: ['TriggerBinding'] } }, ['name', 'value']),
    object(
      { ref: name, kind: { type: 'string', enum: ['TriggerBinding', 'ClusterTriggerBinding'] }, apiversion },
      ['ref'],
    ),
  ],
};

const interceptor = object(
  {
    name: text,
    ref: object(
      {
        name,
        kind: { type: 'string', enum: ['ClusterInterceptor', 'NamespacedInterceptor'] },
        apiVersion: text,
      },
      ['name'],
    ),
    params: list(object({ name, value: anything }, ['name', 'value'])),
  },
  ['ref'],
);

const namespaceSelector = object({ matchNames: list(text) });

const inlineTrigger = {
  name: text,
  serviceAccountName: text,
  interceptors: list(interceptor),
  bindings: list(binding),
};

/** interceptor_types.go, of the forms of an address the one that we write. */
const interceptorSpec = object(
  {
    clientConfig: object(
      {
        caBundle: { type: 'string', format: 'byte' },
        service: object(
          { name, namespace: name, path: text, port: { type: 'integer', minimum: 1, maximum: 65535 } },
          ['name', 'namespace'],
        ),
      },
      ['service'],
    ),
  },
  ['clientConfig'],
);

const listenerPodFields = [
  'serviceAccountName',
  'nodeSelector',
  'tolerations',
  'affinity',
  'topologySpreadConstraints',
  'imagePullSecrets',
  'securityContext',
];

const listenerContainerFields = [
  'resources',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'securityContext',
];

function listenerResource(definition) {
  const env = object(
    { name, valueFrom: object({ secretKeyRef: coreRef('SecretKeySelector') }, ['secretKeyRef']) },
    ['name', 'valueFrom'],
  );
  const container = pickProperties(definition('io.k8s.api.core.v1.Container'), listenerContainerFields);
  const pod = pickProperties(definition('io.k8s.api.core.v1.PodSpec'), listenerPodFields);
  container.properties.env = list(env);
  // Filled in empty by Tekton's webhook; written out where Argo CD applies on the server's side.
  container.properties.name = { type: 'string', maxLength: 0 };
  pod.properties.containers = list(container, { maxItems: 1 });
  const metadata = object({
    labels: { type: 'object', additionalProperties: text, format: 'labels' },
    annotations: { type: 'object', additionalProperties: text, format: 'annotations' },
  });
  return object({
    replicas: { type: 'integer', format: 'int32', minimum: 0 },
    serviceType: { type: 'string', enum: ['ClusterIP', 'NodePort', 'LoadBalancer'] },
    servicePort: { type: 'integer', minimum: 1, maximum: 65535 },
    serviceLoadBalancerClass: text,
    spec: object({ template: object({ metadata, spec: pod }) }),
  });
}

/** `definition` reads Kubernetes' definitions. */
export function triggersSchemas(definition) {
  const specs = {
    EventListener: object({
      serviceAccountName: name,
      triggers: list({
        anyOf: [
          object({ triggerRef: name }, ['triggerRef']),
          object({ ...inlineTrigger, template }, ['template']),
        ],
      }),
      triggerGroups: list(
        object(
          {
            name,
            interceptors: list(interceptor, { minItems: 1 }),
            triggerSelector: object({ namespaceSelector, labelSelector }),
          },
          ['name', 'interceptors', 'triggerSelector'],
        ),
        byName,
      ),
      namespaceSelector,
      labelSelector,
      resources: object({ kubernetesResource: listenerResource(definition) }),
      cloudEventURI: text,
    }),
    Trigger: object({ ...inlineTrigger, template }, ['bindings', 'template']),
    TriggerBinding: object(
      { params: list(object({ name, value: text }, ['name', 'value']), { minItems: 1, ...byName }) },
      ['params'],
    ),
    TriggerTemplate: templateSpec,
  };
  const describe = (version, kind, spec) => ({
    apiVersion: `triggers.tekton.dev/${version}`,
    kind,
    scope: 'Namespaced',
    schema: object({ spec }, ['spec']),
  });
  return [
    ...Object.entries(specs).map(([kind, spec]) => describe('v1beta1', kind, spec)),
    // The only version there is.
    describe('v1alpha1', 'Interceptor', interceptorSpec),
  ];
}
