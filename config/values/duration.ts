/**
 * A span of time, parsed from Prometheus' notation (`1h30m`).
 * The pattern is that of the Prometheus operator's CRDs: units in the order y w d h m s ms, each at most once.
 */
export interface Duration {
  readonly milliseconds: number;
}

const units = [
  ['y', 365 * 86_400_000],
  ['w', 7 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

const pattern = /^(?:0|(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?)$/;

/** Parses a Prometheus duration; undefined when the text is none. */
export function parseDuration(text: string): Duration | undefined {
  const match = pattern.exec(text);
  if (text === '' || match === null) return undefined;
  const milliseconds = units.reduce((sum, [, size], index) => sum + Number(match[index + 1] ?? 0) * size, 0);
  return Number.isSafeInteger(milliseconds) ? { milliseconds } : undefined;
}

/** Prometheus' notation with the largest units that fit, up to days: `1d12h`, `90s` is `1m30s`, zero is `0s`. */
export function formatPrometheusDuration(duration: Duration): string {
  return format(duration, ['d', 'h', 'm', 's', 'ms']) || '0s';
}

/** Go's notation as Kubernetes writes it back: `1h30m0s`, `10m0s`, `15s`. Argo CD shows any other spelling as a difference. */
export function formatGoDuration(duration: Duration): string {
  const seconds = Math.round(duration.milliseconds / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours > 0) return `${hours}h${minutes}m${seconds % 60}s`;
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}

/** Shorthand for built-in values; throws when the text is not a duration, which is a fault of ours. */
export function duration(text: string): Duration {
  const parsed = parseDuration(text);
  if (parsed === undefined) throw new Error(`"${text}" is not a duration`);
  return parsed;
}

function format(duration: Duration, names: readonly string[]): string {
  let rest = duration.milliseconds;
  let text = '';
  for (const [name, size] of units) {
    if (!names.includes(name)) continue;
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${count}${name}`;
  }
  return text;
}
