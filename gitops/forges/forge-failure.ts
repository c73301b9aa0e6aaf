import type { Clock } from '../clock.js';
import { OutsideError } from '../outside-error.js';
import { forgeTokenVariable } from './forge-variables.js';

/** A longer wait for a rate limit is not worth it; the person is told instead. */
const longestPause = 60_000;

/** What a forge answered, or that it did not. */
export interface Failure {
  /** undefined: there was no answer. */
  readonly status: number | undefined;
  readonly message: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** octokit's error in plain terms. */
export function readFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const response = fieldOf(error, 'response');
  // octokit reports a connection that failed as status 500 without a response.
  if (response === undefined) return { status: undefined, message, headers: {} };
  const headers = fieldOf(response, 'headers');
  const status = Number(fieldOf(error, 'status'));
  return {
    // GraphQL answers 200 also to what it refuses.
    status: Number.isInteger(status) ? status : 422,
    message: describeAnswer(fieldOf(response, 'data')) ?? message,
    headers: typeof headers === 'object' && headers !== null ? { ...headers } : {},
  };
}

/** GitHub and Gitea answer `message` and `errors`, GitLab `message` of any shape, or `error`. */
function describeAnswer(data: unknown): string | undefined {
  const said = fieldOf(data, 'message') ?? fieldOf(data, 'error');
  if (said === undefined) return undefined;
  const errors = fieldOf(data, 'errors');
  const details = Array.isArray(errors)
    ? errors.map((each: unknown) => fieldOf(each, 'message') ?? each)
    : [];
  const parts: readonly unknown[] = [said, ...details];
  const text = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('; ');
  return text.replace(/\s+/g, ' ').slice(0, 500);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Answers of servers that are down for a moment. */
const passing = new Set([500, 502, 503, 504]);

/**
 * Milliseconds until another attempt makes sense; undefined: never.
 * @param attempt that failed, from 1
 */
export function pauseBefore(failure: Failure, attempt: number, clock: Clock): number | undefined {
  const { status } = failure;
  if (status === undefined || passing.has(status)) {
    return capped(retryAfter(failure) ?? Math.round(1000 * 2 ** (attempt - 1) * (0.75 + clock.random() / 2)));
  }
  if (!isRateLimited(failure)) return undefined;
  // A secondary limit that does not say when it ends wants a minute.
  return capped(retryAfter(failure) ?? untilReset(failure, clock) ?? longestPause);
}

/** Primary limits show in the headers, secondary ones in `retry-after` or in words. */
function isRateLimited({ status, headers, message }: Failure): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  const exhausted = headers['x-ratelimit-remaining'] === '0';
  return exhausted || headers['retry-after'] !== undefined || /rate limit|abuse detection/i.test(message);
}

function retryAfter({ headers }: Failure): number | undefined {
  const seconds = Number(headers['retry-after']);
  return headers['retry-after'] !== undefined && Number.isFinite(seconds) && seconds >= 0
    ? seconds * 1000
    : undefined;
}

/** Seconds since 1970 under GitHub's name, and under GitLab's. */
function untilReset({ headers }: Failure, clock: Clock): number | undefined {
  const exhausted = headers['x-ratelimit-remaining'] === '0' || headers['ratelimit-remaining'] === '0';
  const reset = Number(headers['x-ratelimit-reset'] ?? headers['ratelimit-reset']);
  return exhausted && Number.isFinite(reset) ? Math.max(reset * 1000 - clock.now().getTime(), 0) : undefined;
}

function capped(milliseconds: number): number | undefined {
  return milliseconds <= longestPause ? milliseconds : undefined;
}

/** The error for people. */
export function explainFailure(what: string, failure: Failure, cause: unknown): OutsideError {
  const { status, message } = failure;
  const text = `the forge could not ${what}: ${status === undefined ? '' : `${status} `}${message}`;
  return new OutsideError(text, { hint: hintFor(failure), cause });
}

function hintFor(failure: Failure): string | undefined {
  const { status } = failure;
  if (status === undefined)
    return 'Check the base URL of the API (`delivery.apiUrl`), HTTPS_PROXY and NO_PROXY, and DRIFTLOOP_CA_FILE where the forge has a certificate of an own authority.';
  if (status === 401) return `The token in ${forgeTokenVariable} is wrong or has expired. Set a new one.`;
  if (isRateLimited(failure)) return 'The forge limits how often it is asked. Try again later.';
  if (status === 403) return `The token in ${forgeTokenVariable} is valid, but may not do this.`;
  if (status === 404)
    return 'The repository does not exist, or the token may not see it; check the base URL of the API, too.';
  return passing.has(status) ? 'The forge has trouble. Try again later; nothing is done twice.' : undefined;
}
