import type { Runs, ServerAccess } from '../model-runs.js';
import { runsSchema } from '../schema/runs-schema.js';
import type { RunsInput } from '../schema/runs-schema.js';
import { resolveCa } from './resolve-receivers.js';

/** `runs`, defaults filled in. */
export function resolveRuns(settings: unknown): Runs {
  const { log, prometheus, alertmanager } = runsSchema.parse(settings);
  return { log, prometheus: resolveEndpoint(prometheus), alertmanager: resolveEndpoint(alertmanager) };
}

function resolveEndpoint(input: RunsInput['prometheus']): ServerAccess | undefined {
  return input && resolveAccess(input);
}

/** How a server is reached. */
export function resolveAccess(input: NonNullable<RunsInput['prometheus']>): ServerAccess {
  return { url: input.url, tokenSecret: input.tokenSecret, ca: resolveCa(input.ca) };
}
