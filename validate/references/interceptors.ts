import { senderParam } from '../../charts/verifier-contract.js';
import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, fieldsAt, listAt, textAt, textMapAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { allTriggers } from '../triggers/listeners.js';
import type { RunnableTrigger } from '../triggers/listeners.js';

/** An interceptor that is not Tekton's leads to a program, and that one has the key of the sender. */
export function checkInterceptors(cluster: Cluster): readonly Problem[] {
  return allTriggers(cluster).flatMap((trigger) =>
    listAt(trigger.spec, 'interceptors').flatMap((written, index) => {
      if (textAt(written, 'ref', 'kind') !== 'NamespacedInterceptor') return [];
      const message = describeFault(cluster, trigger, written);
      if (message === undefined) return [];
      const path = `${trigger.path}.interceptors[${index}]`;
      return [reportProblem(trigger.manifest, 'REFERENCE_INTERCEPTOR', { path, message })];
    }),
  );
}

function describeFault(cluster: Cluster, trigger: RunnableTrigger, written: unknown): string | undefined {
  const name = textAt(written, 'ref', 'name') ?? '';
  const interceptor = cluster.find(kinds.interceptor, trigger.namespace, name);
  if (interceptor === undefined) return `there is no Interceptor "${name}".`;
  const pods = findPods(cluster, interceptor);
  if (pods === undefined) return `the Interceptor "${name}" leads to no Service with Pods.`;
  const param = listAt(written, 'params').find((each) => textAt(each, 'name') === senderParam);
  const sender = textAt(param, 'value');
  if (sender === undefined) return `it does not name the sender, by the param "${senderParam}".`;
  return hasFile(pods, sender) ? undefined : `what verifies it has no key of the sender "${sender}".`;
}

/** The Deployment behind the Service and port of an Interceptor. */
function findPods(cluster: Cluster, { object }: Manifest): Manifest | undefined {
  const address = fieldsAt(object, 'spec', 'clientConfig', 'service');
  const namespace = textAt(address, 'namespace') ?? '';
  const service = cluster.find(kinds.service, namespace, textAt(address, 'name') ?? '');
  const port = fieldAt(address, 'port');
  if (!listAt(service?.object, 'spec', 'ports').some((each) => fieldAt(each, 'port') === port))
    return undefined;
  const selector = Object.entries(textMapAt(service?.object, 'spec', 'selector'));
  return cluster
    .visible(kinds.deployment)
    .filter((deployment) => deployment.object.metadata.namespace === namespace)
    .find((deployment) => {
      const labels = textMapAt(deployment.object, 'spec', 'template', 'metadata', 'labels');
      return selector.length > 0 && selector.every(([label, value]) => labels[label] === value);
    });
}

/** Is a Secret's key mounted as a file of that name? */
function hasFile({ object }: Manifest, name: string): boolean {
  return listAt(object, 'spec', 'template', 'spec', 'volumes')
    .flatMap((volume) => listAt(volume, 'projected', 'sources'))
    .flatMap((source) => listAt(source, 'secret', 'items'))
    .some((item) => textAt(item, 'path') === name);
}
