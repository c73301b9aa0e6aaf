import { builtInPlatform, builtInRunNotifications } from '../catalogue/defaults.js';
import type { Receiver } from '../model.js';
import type { RunNotifications, RunReceiver, Runs, ServerAccess } from '../model-runs.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { runsSchema } from '../schema/runs-schema.js';
import type { RunsInput } from '../schema/runs-schema.js';
import { resolveCa } from './resolve-receivers.js';

/** The lowest layer of `runs.notify`, where there is one. */
export function defaultRuns(input: PlatformInput['runs']): { runs?: object } {
  const { runs } = builtInPlatform;
  return input?.notify === undefined ? {} : { runs: { ...runs, notify: builtInRunNotifications } };
}

/** `runs`, defaults filled in. Names of receivers were checked before (dialects/run-notifications.ts). */
export function resolveRuns(settings: unknown, receivers: readonly Receiver[]): Runs {
  const { log, prometheus, alertmanager, notify } = runsSchema.parse(settings);
  return {
    log,
    prometheus: resolveEndpoint(prometheus),
    alertmanager: resolveEndpoint(alertmanager),
    notify: notify && resolveNotifications(notify, receivers),
  };
}

function resolveEndpoint(input: RunsInput['prometheus']): ServerAccess | undefined {
  return input && resolveAccess(input);
}

/** How a server is reached. */
export function resolveAccess(input: NonNullable<RunsInput['prometheus']>): ServerAccess {
  return { url: input.url, tokenSecret: input.tokenSecret, ca: resolveCa(input.ca) };
}

function resolveNotifications(
  input: NonNullable<RunsInput['notify']>,
  receivers: readonly Receiver[],
): RunNotifications {
  const { on, title, text } = builtInRunNotifications;
  const told = receivers.filter((receiver): receiver is RunReceiver => receiver.kind !== 'pagerduty');
  const chosen = told.filter(({ name }) => input.receivers.includes(name));
  return { receivers: chosen, on: input.on ?? on, title: input.title ?? title, text: input.text ?? text };
}
