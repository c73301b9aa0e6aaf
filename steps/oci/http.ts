import { Readable } from 'node:stream';
import { isNativeError } from 'node:util/types';
import { request as send } from 'undici';
import type { Dispatcher } from 'undici';
import { OutsideError } from '../../gitops/outside-error.js';
import { StepFailure } from '../step-failure.js';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called once for each time the request is sent. */
  readonly body?: () => Buffer | AsyncIterable<Uint8Array>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** Must be read to its end, or dropped. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly drop: () => Promise<void>;
}

/** An answer that is small enough to be held. */
export type Exchange = (request: HttpRequest) => Promise<{ readonly status: number; readonly bytes: Buffer }>;

/** The specification asks registries to take manifests of this size, and clients need not take greater ones. */
export const documentLimit = 4 * 1024 * 1024;

/**
 * One request, without following redirections. Nobody who answers is an OutsideError; what is wrong with the body that
 * is sent stays what it is.
 */
export async function sendRequest(dispatcher: Dispatcher, request: HttpRequest): Promise<HttpAnswer> {
  const { method, url, headers = {} } = request;
  const fault: { error?: Error } = {};
  const content = request.body?.();
  const body = content === undefined || Buffer.isBuffer(content) ? (content ?? null) : watch(content, fault);
  try {
    const answer = await send(url, { dispatcher, method, headers: { ...headers }, body });
    return {
      status: answer.statusCode,
      header: (name) => [answer.headers[name] ?? []].flat()[0],
      body: answer.body,
      drop: () => answer.body.dump(),
    };
  } catch (error) {
    if (fault.error !== undefined) throw fault.error;
    throw new OutsideError(`${url.host} cannot be reached: ${describeError(error)}`, { cause: error });
  }
}

/** A stream that remembers why it broke off: the client only says that it did. */
function watch(content: AsyncIterable<Uint8Array>, fault: { error?: Error }): Readable {
  async function* chunks() {
    try {
      yield* content;
    } catch (error) {
      fault.error = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
  return Readable.from(chunks(), { objectMode: false });
}

/** Content that must fit into the memory. */
export async function readBytes(content: AsyncIterable<Uint8Array>, limit = documentLimit): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of content) {
      size += chunk.length;
      if (size > limit) throw new StepFailure(`The registry sent a document of more than ${limit} bytes.`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw broken(error);
  }
  return Buffer.concat(chunks);
}

/** Content that passes by; a connection that breaks is an OutsideError. */
export async function* readStream(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    throw broken(error);
  }
}

function broken(error: unknown): unknown {
  if (error instanceof StepFailure) return error;
  return new OutsideError(`the registry broke off its answer: ${describeError(error)}`, { cause: error });
}

/** undefined: it is not JSON. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Node tries each address of a name and gathers the causes; the first one tells. */
function describeError(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return describeError(error.errors[0]);
  if (!isNativeError(error)) return String(error);
  return error.message === '' ? error.name : error.message;
}
