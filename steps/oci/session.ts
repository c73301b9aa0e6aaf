import { z } from 'zod';
import type { Dispatcher } from 'undici';
import { OutsideError } from '../../gitops/outside-error.js';
import { StepFailure } from '../step-failure.js';
import { answerChallenge, parseChallenge } from './authorization.js';
import type { RegistryCredentials } from './docker-config.js';
import { parseJson, readBytes, sendRequest } from './http.js';
import type { HttpAnswer, HttpRequest } from './http.js';
import { formatRepository, originOf, resolveUrl } from './reference.js';
import type { Repository } from './reference.js';

/** What a step needs to reach registries. */
export interface RegistryAccess {
  readonly dispatcher: Dispatcher;
  /** undefined: there are none for the repository. */
  readonly credentials: (repository: Repository) => RegistryCredentials | undefined;
}

export interface SessionRights {
  /** What is done in the repository itself. */
  readonly actions: 'pull' | 'pull,push';
  /** Other repositories of the registry that are read. */
  readonly reads: readonly string[];
}

const redirectionLimit = 5;

/**
 * Requests about one repository, with whatever the registry asks for to believe who asks. A registry that is away or
 * overloaded is an OutsideError, because it comes back; one that refuses is a StepFailure.
 */
export class RegistrySession {
  private authorization: string | undefined;

  constructor(
    private readonly repository: Repository,
    private readonly access: RegistryAccess,
    private readonly rights: SessionRights,
  ) {}

  locate(path: string): URL {
    return new URL(`${originOf(this.repository)}/v2/${this.repository.name}/${path}`);
  }

  /** Asks once more with credentials when the registry wants them; follows no redirection. */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const answer = await this.attempt(request);
    if (answer.status !== 401 || !this.isOwn(request.url)) return answer;
    await answer.drop();
    this.authorization = await this.authorize(answer.header('www-authenticate'));
    return this.attempt(request);
  }

  /** Registries hand out blobs by redirections to a store, which must not get what is meant for the registry. */
  async follow(request: HttpRequest): Promise<HttpAnswer> {
    let answer = await this.send(request);
    let { url } = request;
    for (let count = 0; [301, 302, 303, 307, 308].includes(answer.status); count += 1) {
      await answer.drop();
      const next = resolveUrl(answer.header('location') ?? '', this.repository, url.href);
      if (next === undefined || count === redirectionLimit) {
        throw new StepFailure(`${this.name} redirects to nowhere that is reached by https.`);
      }
      url = next;
      answer = await this.send({ ...request, url });
    }
    return answer;
  }

  /** Nothing, when the answer has one of the wanted statuses; what else it is, is thrown. */
  async accept(answer: HttpAnswer, deed: string, wanted: readonly number[]): Promise<void> {
    if (wanted.includes(answer.status)) return answer.drop();
    const reason = describeErrors(await readBytes(answer.body));
    const { status } = answer;
    if (status === 429 || status >= 500) {
      throw new OutsideError(`${this.name} could not ${deed} (${status})${reason}`);
    }
    throw new StepFailure(`${this.name} did not let the step ${deed} (${status})${reason}.`);
  }

  private get name(): string {
    return formatRepository(this.repository);
  }

  private authorize(challenge: string | undefined): Promise<string> {
    return answerChallenge(parseChallenge(challenge), this.repository, {
      credentials: this.access.credentials(this.repository),
      scopes: [
        `repository:${this.repository.name}:${this.rights.actions}`,
        ...this.rights.reads.map((name) => `repository:${name}:pull`),
      ],
      exchange: async (question) => {
        const { status, body } = await sendRequest(this.access.dispatcher, question);
        return { status, bytes: await readBytes(body) };
      },
    });
  }

  private attempt(request: HttpRequest): Promise<HttpAnswer> {
    const headers = {
      ...request.headers,
      ...(this.authorization !== undefined &&
        this.isOwn(request.url) && { authorization: this.authorization }),
    };
    return sendRequest(this.access.dispatcher, { ...request, headers });
  }

  private isOwn({ origin }: URL): boolean {
    return origin === new URL(originOf(this.repository)).origin;
  }
}

const errors = z.object({
  errors: z.array(z.object({ code: z.string().optional(), message: z.string().optional() })),
});

/** What a registry says about a refusal: one line, and no more than a person wants to read. */
function describeErrors(bytes: Buffer): string {
  const [first] = errors.safeParse(parseJson(bytes)).data?.errors ?? [];
  const text = [first?.code, first?.message].filter((part) => part !== undefined && part !== '').join(', ');
  return text === '' ? '' : `: ${text.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 300)}`;
}
