import type { Problem } from '../../problems/problem.js';
import type { Cluster } from '../cluster.js';
import { reportProblem } from '../report.js';
import { splitConditions } from '../triggers/conditions.js';
import { isForge } from '../triggers/forge-interceptors.js';
import { isCel, readInterceptors } from '../triggers/interceptors.js';
import type { Interceptor } from '../triggers/interceptors.js';
import { allTriggers } from '../triggers/listeners.js';
import { isRegistry } from '../triggers/registry-interceptor.js';
import type { RunnableTrigger } from '../triggers/listeners.js';

/** Whoever reaches the listener can post; only a token or a signature says who it is. */
export function checkTriggerSecurity(cluster: Cluster): readonly Problem[] {
  return allTriggers(cluster)
    .filter((trigger) => !verifiesSender(trigger))
    .map((trigger) =>
      reportProblem(trigger.manifest, 'SECURITY_TRIGGER', {
        path: `${trigger.path}.interceptors`,
        message:
          'the Trigger takes requests from anybody: neither a condition compares a token, nor does its first interceptor verify a signature.',
        hint: "Add `header.canonical('Authorization').replace('Bearer ', '').compareSecret(key, name)`, or put an interceptor with a `secretRef` first.",
      }),
    );
}

/** An interceptor that verifies signatures must be the first, so that nothing else looks at what a stranger sends. */
function verifiesSender(trigger: RunnableTrigger): boolean {
  const [first, ...others] = readInterceptors(trigger.spec);
  if (first === undefined) return false;
  if (isForge(first))
    return first.secret !== undefined && first.secret.name !== '' && first.secret.key !== '';
  if (isRegistry(first)) return first.sender !== '';
  return [first, ...others].some(comparesToken);
}

/** As a condition of its own; within `a || b` it need not hold. */
function comparesToken(interceptor: Interceptor): boolean {
  return (
    isCel(interceptor) &&
    splitConditions(interceptor.filter ?? '').some((condition) =>
      /^[^!|?][^|?]*\.compareSecret\([^()|?]*\)$/.test(condition),
    )
  );
}
