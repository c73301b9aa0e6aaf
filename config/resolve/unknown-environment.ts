import type { Place, ProblemCollector } from '../problem-collector.js';
import { suggest } from '../suggest.js';

/** Reports an environment that `driftloop.yaml` does not define, where it is written. */
export function refuseUnknownEnvironment(
  name: string,
  place: Place,
  known: readonly string[],
  problems: ProblemCollector,
): void {
  if (known.includes(name)) return;
  problems.error('CONFIG_ENVIRONMENT_UNKNOWN', place, {
    message: `\`driftloop.yaml\` defines no environment \`${name}\`.`,
    ...suggest(name, known),
  });
}
