import { readFileSync } from 'node:fs';
import type { ClusterSettings } from './settings.js';

/**
 * What the loop needs around it, in a namespace of its own: a git server, an OCI registry, an exporter whose
 * metric drifts on request, and a Prometheus and an Alertmanager that watch only the test's namespaces.
 */
export function infrastructure(settings: ClusterSettings): object[] {
  const { namespaces } = settings;
  const watched = {
    matchExpressions: [
      { key: 'kubernetes.io/metadata.name', operator: 'In', values: [namespaces.test, namespaces.prod] },
    ],
  };
  return [
    ...program(settings, namespaces.infrastructure, 'git', [
      { name: 'GIT_USER', value: settings.gitUser },
      { name: 'GIT_PASSWORD', value: settings.gitPassword },
    ]),
    ...program(settings, namespaces.infrastructure, 'registry', []),
    ...prometheus(settings, watched),
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Alertmanager',
      metadata: { name: 'loop', namespace: namespaces.infrastructure },
      spec: {
        replicas: 1,
        ...settings.alertmanagerImage,
        securityContext: nonRoot,
        alertmanagerConfigSelector: {},
        alertmanagerConfigNamespaceSelector: watched,
      },
    },
  ];
}

/** The exporter of one environment; it needs the environment's namespace, which the bootstrap makes. */
export function exporter(settings: ClusterSettings, namespace: string): object[] {
  return [
    ...program(settings, namespace, 'exporter', []),
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'exporter', namespace },
      spec: { selector: { matchLabels: { app: 'exporter' } }, endpoints: [{ port: 'http', interval: '2s' }] },
    },
  ];
}

const nonRoot = { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532 };

function prometheus(settings: ClusterSettings, watched: object): object[] {
  const namespace = settings.namespaces.infrastructure;
  const name = `loop-${namespace}`;
  const account = { kind: 'ServiceAccount', name: 'prometheus', namespace };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'prometheus', namespace } },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name },
      rules: [
        { apiGroups: [''], resources: ['services', 'endpoints', 'pods'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list', 'watch'] },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [account],
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'tekton', namespace },
      spec: {
        namespaceSelector: { matchNames: ['tekton-pipelines'] },
        selector: { matchLabels: { 'app.kubernetes.io/part-of': 'tekton-pipelines' } },
        podMetricsEndpoints: [{ port: 'metrics', interval: '5s', honorLabels: true }],
      },
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { name: 'loop', namespace },
      spec: {
        ...settings.prometheusImage,
        serviceAccountName: 'prometheus',
        securityContext: nonRoot,
        scrapeInterval: '2s',
        evaluationInterval: '2s',
        serviceMonitorSelector: {},
        serviceMonitorNamespaceSelector: watched,
        podMonitorSelector: {},
        ruleSelector: {},
        ruleNamespaceSelector: watched,
        alerting: { alertmanagers: [{ namespace, name: 'alertmanager-operated', port: 'web' }] },
      },
    },
  ];
}

/** A Node.js program of test/cluster/programs as a Deployment and a Service on port 8080. */
export function program(
  settings: ClusterSettings,
  namespace: string,
  name: string,
  env: readonly object[],
): object[] {
  const file = name === 'git' ? 'git-server.mjs' : `${name}.mjs`;
  const labels = { app: name };
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `program-${name}`, namespace },
      data: { [file]: readFileSync(new URL(`programs/${file}`, import.meta.url), 'utf8') },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace, labels },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: podOf(settings, name, file, env) },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, labels },
      spec: { selector: labels, ports: [{ name: 'http', port: 8080, targetPort: 8080 }] },
    },
  ];
}

function podOf(settings: ClusterSettings, name: string, file: string, env: readonly object[]): object {
  return {
    automountServiceAccountToken: false,
    securityContext: { ...nonRoot, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name,
        image: settings.stepsImage,
        imagePullPolicy: 'IfNotPresent',
        command: ['node', `/program/${file}`],
        env: [...env, { name: 'HOME', value: '/tmp' }],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        ports: [{ name: 'http', containerPort: 8080 }],
        readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
        volumeMounts: [
          { name: 'program', mountPath: '/program' },
          { name: 'data', mountPath: '/srv/git' },
          { name: 'temporary', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'program', configMap: { name: `program-${name}` } },
      { name: 'data', emptyDir: {} },
      { name: 'temporary', emptyDir: {} },
    ],
  };
}
