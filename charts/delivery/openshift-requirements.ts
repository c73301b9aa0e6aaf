import type { Workspace } from '../../config/model.js';
import { seesRuns } from '../../config/places.js';
import { fence, listNames } from './markdown.js';
import { listenerHealth } from './health-checks.js';

const monitoringGuide = 'https://docs.redhat.com/en/documentation/monitoring_stack_for_red_hat_openshift/';

/** What OpenShift's monitoring of projects must be told before it reads our rules and routes. */
export function describeProjectMonitoring({ platform, environments }: Workspace): readonly string[] {
  const watched = environments.map(({ namespace }) => namespace);
  const seeing = environments.filter(seesRuns).map(({ namespace }) => namespace);
  return [
    `- OpenShift monitors user-defined projects ([guide](${monitoringGuide})): \`enableUserWorkload: true\` in the ConfigMap \`cluster-monitoring-config\` of \`openshift-monitoring\`, and in \`user-workload-monitoring-config\` of \`${platform.namespaces.monitoring}\`:`,
    '',
    fence(
      [
        'alertmanager:',
        '  enabled: true',
        '  enableAlertmanagerConfig: true',
        ...(seeing.length === 0
          ? []
          : [
              `# Lets ModelRetrainNotStarted see Tekton's metrics; without it that alert fires although runs start.`,
              `namespacesWithoutLabelEnforcement: [${seeing.join(', ')}]`,
            ]),
      ],
      'yaml',
    ),
    '',
    `- ${listNames(watched)} must not have the label \`openshift.io/cluster-monitoring\`: it takes a namespace out of the monitoring of projects.`,
  ];
}

/** OpenShift's cluster does by itself what Tekton's own installation needs a setting for. */
export function describeOpenShiftPipelines(): readonly string[] {
  return [
    '- OpenShift Pipelines is installed. Leave the toolings namespace without the label `operator.tekton.dev/enable-annotation`: with it, the operator replaces the annotations of the listener.',
  ];
}

/** OpenShift GitOps writes Argo CD's settings from its own object, and undoes what somebody else writes. */
export function describeOpenShiftGitOps(argocd: string, listens: boolean): readonly string[] {
  const installed = `- OpenShift GitOps is installed, with an Argo CD in the namespace \`${argocd}\`.`;
  if (!listens) return [installed];
  return [
    `${installed} It learns when a listener is ready from its object of kind ArgoCD (\`kubectl --namespace ${argocd} edit argocd\`), under \`spec.resourceHealthChecks\`:`,
    '',
    fence(
      [
        '- group: triggers.tekton.dev',
        '  kind: EventListener',
        '  check: |',
        ...listenerHealth
          .trimEnd()
          .split('\n')
          .map((line) => `    ${line}`),
      ],
      'yaml',
    ),
    '',
  ];
}
