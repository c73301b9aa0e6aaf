import type { Clock } from '../clock.js';
import { OutsideError } from '../outside-error.js';

/** Where the command line finds the token for pull requests. */
export const forgeTokenVariable = 'DRIFTLOOP_FORGE_TOKEN';

/** A longer wait for a rate limit is not worth it; the person is told instead. */
const longestPause = 60_000;

/** What a forge answered, or that it did not. */
export interface Failure {
  readonly status: number | undefined;
  readonly message: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** octokit's error in plain terms. */
export function readFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (typeof error !== 'object' || error === null || !('status' in error)) {
    return { status: undefined, message, headers: {} };
  }
  const response =
    'response' in error ? (error.response as { headers?: Failure['headers'] } | undefined) : undefined;
  // octokit reports a connection that failed as status 500 without a response.
  const status = response === undefined ? undefined : Number(error.status);
  return { status, message, headers: response?.headers ?? {} };
}

/** Milliseconds until another attempt makes sense; undefined: never. */
export function pauseBefore({ status, headers }: Failure, clock: Clock): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = Number(headers['retry-after']);
  if (Number.isFinite(after) && after >= 0) return capped(after * 1000);
  if (headers['x-ratelimit-remaining'] !== '0') return status === 429 ? capped(5000) : undefined;
  return capped(Number(headers['x-ratelimit-reset']) * 1000 - clock.now().getTime());
}

function capped(milliseconds: number): number | undefined {
  return milliseconds <= longestPause ? Math.max(milliseconds, 0) : undefined;
}

/** The error for people; octokit's own message holds no token. */
export function explainFailure(what: string, { status, message }: Failure, cause: unknown): OutsideError {
  const text = `the forge could not ${what}: ${status === undefined ? '' : `${status} `}${message}`;
  const hint =
    status === 401 || status === 403
      ? `The token in ${forgeTokenVariable} must be valid and may write pull requests.`
      : status === 404
        ? 'The repository does not exist, or the token may not see it; check the base URL of the API, too.'
        : undefined;
  return new OutsideError(text, { hint, cause });
}
