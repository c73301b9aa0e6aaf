import { textAt } from '../fields.js';

const units = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1, us: 1e-3, µs: 1e-3, ns: 1e-6 } as const;

/** Milliseconds of Go's notation (`1h30m0s`); undefined: the text is no duration. */
export function parseGoDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|us|µs|ns|m|s))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)/g)) {
    sum += Number(count) * units[unit as keyof typeof units];
  }
  return sum;
}

/** Tekton's default for a whole run, when the cluster's settings are the default too. */
export const defaultRunTimeout = 3_600_000;

/** What a run's parts may take; undefined: no limit of its own. Milliseconds, 0 is for ever. */
export interface RunLimits {
  readonly pipeline: number;
  readonly tasks: number | undefined;
  readonly finally: number | undefined;
}

export function readRunLimits(timeouts: unknown): RunLimits {
  const read = (key: string): number | undefined => parseGoDuration(textAt(timeouts, key) ?? '');
  return { pipeline: read('pipeline') ?? defaultRunTimeout, tasks: read('tasks'), finally: read('finally') };
}

/** The longest all tasks together may take. */
export function tasksLimit(limits: RunLimits): number {
  if (limits.tasks !== undefined) return limits.tasks;
  return limits.pipeline === 0 ? 0 : limits.pipeline - (limits.finally ?? 0);
}

export interface TimeoutFault {
  /** Key below `timeouts`. */
  readonly key: string;
  readonly message: string;
}

/** Why Tekton's webhook refuses a run's timeouts. */
export function faultsOfTimeouts(timeouts: unknown): readonly TimeoutFault[] {
  const unreadable = ['pipeline', 'tasks', 'finally'].flatMap((key) => {
    const text = textAt(timeouts, key);
    const isBad = text !== undefined && parseGoDuration(text) === undefined;
    return isBad ? [{ key, message: `"${text}" is no duration` }] : [];
  });
  if (unreadable.length > 0) return unreadable;
  const { pipeline, tasks, finally: afterwards } = readRunLimits(timeouts);
  if (pipeline === 0) return [];
  const parts = (tasks ?? 0) + (afterwards ?? 0);
  if (tasks === 0 || afterwards === 0) {
    const key = tasks === 0 ? 'tasks' : 'finally';
    return [{ key, message: `${key} is without limit, the whole run is not` }];
  }
  if (parts > pipeline) {
    return [{ key: 'pipeline', message: 'tasks and finally together take longer than the whole run may' }];
  }
  return [];
}
