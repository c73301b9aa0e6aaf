import { isNativeError } from 'node:util/types';
import { readJsonSchema, readPointer } from '../../config/values/json-answer.js';
import type { SmokeTestRequest } from '../../charts/tasks/smoke-test.js';

/** What a request came to. */
export interface Asked {
  readonly request: SmokeTestRequest;
  /** Until the whole answer was there. */
  readonly milliseconds: number;
  /** What is wrong with the answer; empty: it is a good one. */
  readonly faults: readonly string[];
  /** There was no answer, or one that may be another one in a moment: the server is still starting. */
  readonly mayPass: boolean;
}

/** Milliseconds until an answer is no longer waited for, when nobody says how fast it must be. */
const patience = 30_000;

/** So much of an answer is read; whatever is longer is no answer to a smoke test. */
const answerLimit = 1_048_576;

/** Sends one request to the served model and holds the answer against what is expected; follows no redirection. */
export async function askModel(
  base: string,
  request: SmokeTestRequest,
  body: string | undefined,
): Promise<Asked> {
  const started = performance.now();
  const result = (faults: readonly string[], mayPass = false): Asked => ({
    request,
    milliseconds: Math.round(performance.now() - started),
    faults,
    mayPass,
  });
  try {
    const response = await fetch(new URL(request.path, base), {
      redirect: 'manual',
      signal: AbortSignal.timeout(request.latency ?? patience),
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
    });
    const text = await readText(response);
    if (response.status !== request.status) {
      const excerpt = text === undefined ? '' : describeExcerpt(text);
      const fault = `it answers ${response.status} instead of ${request.status}${excerpt}`;
      return result([fault], response.status >= 500);
    }
    return result(text === undefined ? ['its answer is too long'] : judgeAnswer(text, request));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return result([`it does not answer within ${request.latency ?? patience} ms`], true);
    return result([`it cannot be reached: ${describeCause(error)}`], true);
  }
}

function judgeAnswer(text: string, { schema, values }: SmokeTestRequest): readonly string[] {
  if (schema === undefined && values.length === 0) return [];
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return [`its answer is no JSON${describeExcerpt(text)}`];
  }
  const issues = schema === undefined ? [] : (readJsonSchema(schema).safeParse(answer).error?.issues ?? []);
  return [
    ...issues.map(({ path, message }) => `its answer has not the schema: at /${path.join('/')}: ${message}`),
    ...values.flatMap(({ pointer, min = -Infinity, max = Infinity }) => {
      const value = readPointer(answer, pointer);
      if (typeof value !== 'number' || !Number.isFinite(value))
        return [`${pointer} of its answer is no number`];
      if (value >= min && value <= max) return [];
      return [`${pointer} of its answer is ${value}, wanted ${describeBounds(min, max)}`];
    }),
  ];
}

function describeBounds(min: number, max: number): string {
  if (max === Infinity) return `at least ${min}`;
  return min === -Infinity ? `at most ${max}` : `${min} to ${max}`;
}

/** undefined: it is too long. */
async function readText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).byteLength; // Bodies of fetch are bytes.
    if (size > answerLimit) return undefined;
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The beginning of what a server says, in one line and without what a terminal would obey. */
function describeExcerpt(text: string): string {
  const line = text
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
    .slice(0, 200);
  return line === '' ? '' : `: ${line}`;
}

/** fetch hides the cause, such as ECONNREFUSED, below a general message. */
function describeCause(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  return isNativeError(error.cause) ? error.cause.message : error.message;
}
