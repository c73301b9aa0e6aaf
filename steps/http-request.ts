import { request as requestByHttp } from 'node:http';
import { request as requestByHttps } from 'node:https';
import { OutsideError } from '../gitops/outside-error.js';

export interface HttpRequest {
  readonly url: string;
  /** Default `GET`. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The one authority that is trusted, as PEM. Default: those Node trusts. */
  readonly authority?: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** In milliseconds, for the whole exchange. */
const deadline = 10_000;

/** More than a step reads of any answer, in bytes. */
const answerLimit = 4 * 1024 * 1024;

/**
 * One exchange by HTTP. It follows no redirection, which could lead a token away, and names in its failures the host
 * alone: a path or query may be a secret itself.
 */
export function sendRequest({
  url,
  method = 'GET',
  headers = {},
  body,
  authority,
}: HttpRequest): Promise<HttpAnswer> {
  const target = new URL(url);
  // Node would send the body of a DELETE without saying how long it is.
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options = { method, headers: { ...headers, ...length }, signal: AbortSignal.timeout(deadline) };
  return new Promise((resolve, reject) => {
    const fail = (cause: string) => {
      reject(new OutsideError(`${target.host} cannot be reached: ${cause}`));
    };
    const request =
      target.protocol === 'https:'
        ? requestByHttps(target, { ...options, ...(authority === undefined ? {} : { ca: authority }) })
        : requestByHttp(target, options);
    request.on('error', ({ name, message }) => {
      fail(
        name === 'TimeoutError' || name === 'AbortError' ? `no answer within ${deadline / 1000} s` : message,
      );
    });
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= answerLimit) chunks.push(chunk);
        else request.destroy(new Error(`its answer has more than ${answerLimit} bytes`));
      });
      response.on('error', ({ message }) => {
        fail(message);
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    request.end(body);
  });
}
