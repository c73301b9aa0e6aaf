import type { z } from 'zod';
import { OutsideError } from '../../gitops/outside-error.js';
import { sendRequest } from '../http-request.js';
import type { MonitoringAccess } from '../step.js';

/** How a registry is reached. */
export interface RegistryServer extends MonitoringAccess {
  readonly url: string;
}

interface Question<T> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly body?: object;
  readonly answer: z.ZodType<T>;
}

/** JSON over HTTP; whatever is no answer is a failure outside, which the step repeats. */
export class RegistryClient {
  constructor(
    private readonly server: RegistryServer,
    /** Path of the API below the server's URL. */
    private readonly base: string,
  ) {}

  async send<T>(question: Question<T>): Promise<T> {
    const answer = await this.trySend(question, () => false);
    if (answer === undefined) throw new Error('a registry without an answer was accepted');
    return answer;
  }

  /** undefined: the registry refused in a way that is expected. */
  async trySend<T>(
    { method, path, body, answer }: Question<T>,
    isExpected: (status: number, text: string) => boolean,
  ): Promise<T | undefined> {
    const { url, token, authority } = this.server;
    const { status, text } = await sendRequest({
      url: `${url.replace(/\/+$/, '')}/${this.base}/${path}`,
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      authority,
    });
    if (status >= 400 && isExpected(status, text)) return undefined;
    const what = `${method} ${path.replace(/\?.*$/, '')}`;
    const { host } = new URL(url);
    if (status < 200 || status > 299)
      throw new OutsideError(`the model registry ${host} answers ${status} to ${what}: ${shorten(text)}`);
    const parsed = answer.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new OutsideError(`${host} does not answer ${what} as a model registry does`);
  }
}

/** One line for the log; a proxy may answer with a page. */
function shorten(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
