import { readFileSync } from 'node:fs';
import { request as requestByHttp } from 'node:http';
import { request as requestByHttps } from 'node:https';
import { OutsideError } from '../gitops/outside-error.js';

interface JsonRequest {
  readonly url: string;
  /** File with the one authority that is trusted; read for https only. */
  readonly authority: string;
  /** Bearer token. */
  readonly token: string;
  readonly body: object;
}

/** In milliseconds. */
const deadline = 10_000;

/** Posts JSON and returns the status of the answer; follows no redirection, which could lead the token away. */
export function postJson({ url, authority, token, body }: JsonRequest): Promise<number> {
  const options = {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(deadline),
  };
  return new Promise((resolve, reject) => {
    const request = url.startsWith('https:')
      ? requestByHttps(url, { ...options, ca: readFileSync(authority) })
      : requestByHttp(url, options);
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', ({ message }) => {
      reject(new OutsideError(`${url} cannot be reached: ${message}`));
    });
    request.end(JSON.stringify(body));
  });
}
