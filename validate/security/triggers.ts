import type { Problem } from '../../problems/problem.js';
import type { Cluster } from '../cluster.js';
import { reportProblem } from '../report.js';
import { splitConditions } from '../triggers/conditions.js';
import { isCel, readInterceptors } from '../triggers/interceptors.js';
import type { RunnableTrigger } from '../triggers/listeners.js';
import { allTriggers } from '../triggers/listeners.js';

/** Whoever reaches the listener can post; only a token says who it is. */
export function checkTriggerSecurity(cluster: Cluster): readonly Problem[] {
  return allTriggers(cluster)
    .filter((trigger) => !comparesToken(trigger))
    .map((trigger) =>
      reportProblem(trigger.manifest, 'SECURITY_TRIGGER', {
        path: `${trigger.path}.interceptors`,
        message: 'the Trigger takes requests from anybody: no condition of its filter compares a token.',
        hint: "Add `header.canonical('Authorization').replace('Bearer ', '').compareSecret(key, name)`.",
      }),
    );
}

/** As a condition of its own; within `a || b` it need not hold. Other core interceptors check signatures themselves. */
function comparesToken(trigger: RunnableTrigger): boolean {
  return readInterceptors(trigger.spec).some(
    (interceptor) =>
      !isCel(interceptor) ||
      splitConditions(interceptor.filter ?? '').some((condition) =>
        /^[^!|?][^|?]*\.compareSecret\([^()|?]*\)$/.test(condition),
      ),
  );
}
