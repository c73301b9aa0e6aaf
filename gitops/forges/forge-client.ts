import { Octokit } from '@octokit/rest';
import type { z } from 'zod';
import type { Clock } from '../clock.js';
import { OutsideError } from '../outside-error.js';
import { explainFailure, pauseBefore, readFailure } from './forge-failure.js';
import type { Failure } from './forge-failure.js';

export interface ForgeClientSettings {
  /** Base URL of the REST API. */
  readonly apiUrl: string;
  readonly token: string;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** How requests travel: proxies and certificates. */
  readonly fetch: typeof globalThis.fetch;
}

type Parameters = Readonly<Record<string, unknown>>;

/** What is asked of the forge, and what its answer must look like. */
export interface ForgeQuestion<T> {
  /** For people: `open the pull request`. */
  readonly what: string;
  /** `POST /repos/{owner}/{repo}/pulls` */
  readonly route: string;
  readonly parameters: Parameters;
  readonly answer: z.ZodType<T>;
}

const attempts = 4;

/**
 * Asks a forge over its REST API. Limits of the rate are waited for as the forge says, a server that is down for a
 * moment is asked again, and every other failure is final. The token is in a header and nowhere else.
 */
export class ForgeClient {
  private readonly octokit: Octokit;

  constructor(private readonly settings: ForgeClientSettings) {
    const { apiUrl, token, signal, fetch } = settings;
    const silent = () => undefined;
    this.octokit = new Octokit({
      baseUrl: apiUrl.replace(/\/+$/, ''),
      userAgent: 'driftloop',
      log: { debug: silent, info: silent, warn: silent, error: silent },
      request: { fetch, ...(signal === undefined ? {} : { signal }) },
    });
    this.octokit.hook.before('request', (options) => {
      // All three forges take it so, whatever kind of token it is.
      options.headers.authorization = `Bearer ${token}`;
    });
  }

  async send<T>(question: ForgeQuestion<T>): Promise<T> {
    const data = await this.attempt(question.what, async (): Promise<unknown> => {
      const response = await this.octokit.request(question.route, { ...question.parameters });
      return response.data;
    });
    return this.read(question, question.answer, data);
  }

  /** All pages of a list. */
  async list<T>(question: ForgeQuestion<T>): Promise<readonly T[]> {
    const found = await this.attempt(question.what, () =>
      this.octokit.paginate<unknown>(question.route, { ...question.parameters }),
    );
    return this.read(question, question.answer.array(), found);
  }

  /** GitHub can do some things over GraphQL only. */
  async graphql<T>(what: string, query: string, variables: Parameters, answer: z.ZodType<T>): Promise<T> {
    const data = await this.attempt(what, () => this.octokit.graphql<unknown>(query, { ...variables }));
    return this.read({ what, route: 'POST /graphql' }, answer, data);
  }

  /** The answer, or why there is none, where that is a matter for the caller. */
  async trySend<T>(
    question: ForgeQuestion<T>,
    isExpected: (failure: Failure) => boolean,
  ): Promise<T | Failure> {
    try {
      return await this.send(question);
    } catch (error) {
      const failure = error instanceof OutsideError ? readFailure(error.cause) : undefined;
      if (failure !== undefined && isExpected(failure)) return failure;
      throw error;
    }
  }

  private async attempt<T>(what: string, call: () => Promise<T>): Promise<T> {
    const { clock, signal, token } = this.settings;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call();
      } catch (error) {
        signal?.throwIfAborted();
        const failure = readFailure(error);
        const pause = pauseBefore(failure, attempt, clock);
        if (pause === undefined || attempt === attempts) {
          // A proxy may repeat what it was sent.
          const message = failure.message.replaceAll(token, '***');
          throw explainFailure(what, { ...failure, message }, error);
        }
        await clock.wait(pause, signal);
      }
    }
  }

  private read<T>(
    { what, route }: Pick<ForgeQuestion<T>, 'what' | 'route'>,
    answer: z.ZodType<T>,
    data: unknown,
  ): T {
    const parsed = answer.safeParse(data);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const detail = `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim();
    throw new OutsideError(
      `the forge could not ${what}: ${route} was answered with something else (${detail})`,
      {
        hint: 'Check the base URL of the API (`delivery.apiUrl`) and the kind of the forge (`delivery.forge`).',
      },
    );
  }
}
