import type { Model, SecretKey, Serving, Workspace } from '../../config/model.js';

/** What the bootstrap's README asks for before models can be served. */
export function describeServingRequirements({ models }: Workspace): readonly string[] {
  const served = models.flatMap(({ deployments }) => deployments.flatMap(({ serving }) => serving ?? []));
  const kserve = served.filter((serving) => serving.kind === 'inferenceservice');
  const knative = kserve.some(({ mode }) => mode === 'Knative') ? ', with Knative Serving' : '';
  const metrics = new Set(served.flatMap(({ autoscaling }) => autoscaling?.target.metric ?? []));
  return [
    ...(kserve.length > 0 ? [`- KServe is installed${knative}.`] : []),
    ...(metrics.has('prometheus') ? ['- KEDA is installed: it scales by what Prometheus answers.'] : []),
    ...(metrics.has('cpu') || metrics.has('memory')
      ? ['- The cluster has the Metrics API, by which Pods are scaled, for example from metrics-server.']
      : []),
  ];
}

/** Secrets that served models need, each with the namespaces it must be in. */
export function describeServingSecrets({ models }: Workspace): readonly string[] {
  return models.flatMap((model) => {
    const namespaces = new Map<string, string[]>();
    for (const { environment, serving } of model.deployments) {
      for (const need of serving === undefined ? [] : describeNeeds(model, serving)) {
        namespaces.set(need, [...(namespaces.get(need) ?? []), `\`${environment.namespace}\``]);
      }
    }
    return [...namespaces].map(([need, where]) => `- ${need}, in ${where.join(', ')}`);
  });
}

/** What is the same in several environments has the same words. */
function describeNeeds({ name }: Model, serving: Serving): readonly string[] {
  const { imagePullSecrets, serviceAccount, autoscaling } = serving;
  const target = autoscaling?.target;
  const connection = serving.kind === 'inferenceservice' ? serving.connection : undefined;
  return [
    ...imagePullSecrets.map((secret) => `\`${secret}\`: credentials for the images of ${name}`),
    ...(serviceAccount?.secrets ?? []).map(
      (secret) => `\`${secret}\`: credentials of the store that keeps ${name}`,
    ),
    ...(connection === undefined ? [] : [`\`${connection}\`: the connection of ${name}`]),
    ...(target?.metric === 'prometheus'
      ? [
          ...describeKey(target.tokenSecret, `a token with which KEDA reads the metrics of ${name}`),
          ...describeKey(target.caSecret, `the authority of the Prometheus that KEDA asks about ${name}`),
        ]
      : []),
  ];
}

function describeKey(secret: SecretKey | undefined, purpose: string): readonly string[] {
  return secret === undefined ? [] : [`\`${secret.name}\`: \`${secret.key}\`, ${purpose}`];
}
