import { z } from 'zod';
import { OutsideError } from '../../gitops/outside-error.js';
import { StepFailure } from '../step-failure.js';
import type { RegistryCredentials } from './docker-config.js';
import { parseJson } from './http.js';
import type { Exchange } from './http.js';
import { resolveUrl } from './reference.js';
import type { Repository } from './reference.js';

/** What a registry asks for in `WWW-Authenticate`. */
export interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  readonly parameters: Readonly<Record<string, string>>;
}

/** The first challenge that can be answered; undefined: there is none. */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  const [, word = '', rest = ''] = /^\s*(basic|bearer)\s*(.*)$/is.exec(header ?? '') ?? [];
  const scheme = word.toLowerCase();
  if (scheme !== 'basic' && scheme !== 'bearer') return undefined;
  const pairs = rest.slice(0, 4096).matchAll(/([a-z_]+)="([^"]*)"/gi);
  const parameters = Object.fromEntries(
    [...pairs].map(([, key = '', value = '']) => [key.toLowerCase(), value]),
  );
  return { scheme, parameters };
}

const answer = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/** The value of `Authorization` that answers a challenge. */
export async function answerChallenge(
  challenge: Challenge | undefined,
  repository: Repository,
  { credentials, scopes, exchange }: Answering,
): Promise<string> {
  if (challenge === undefined)
    throw new StepFailure(`${repository.host} asks for no credentials that are known here.`);
  if (challenge.scheme === 'basic') return formatBasic(credentials, repository);
  const service = locateService(challenge, repository);
  const { status, bytes } = await askForToken(service, challenge.parameters.service, {
    credentials,
    scopes,
    exchange,
  });
  const where = `the token service ${service.host} of ${repository.host}`;
  if (status === 429 || status >= 500) throw new OutsideError(`${where} answered ${status}`);
  const { token, access_token: accessToken } = answer.safeParse(parseJson(bytes)).data ?? {};
  const value = token ?? accessToken;
  if (status >= 200 && status < 300 && value !== undefined && /^[\w.~+/=-]+$/.test(value)) {
    return `Bearer ${value}`;
  }
  throw new StepFailure(
    `${where} gave no token (${status}): ${credentials === undefined ? 'it was asked without credentials' : 'the credentials are wrong or have too few rights'}.`,
  );
}

interface Answering {
  /** undefined: nobody gave any. */
  readonly credentials: RegistryCredentials | undefined;
  /** `repository:team/model:pull,push` */
  readonly scopes: readonly string[];
  readonly exchange: Exchange;
}

function formatBasic(credentials: RegistryCredentials | undefined, { host }: Repository): string {
  if (credentials === undefined || 'identityToken' in credentials) {
    throw new StepFailure(`${host} asks for a user name and a password, and the step has none for it.`);
  }
  return encodeBasic(credentials);
}

function encodeBasic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Credentials never go where somebody on the way could read them, unless the registry itself is without TLS. */
function locateService({ parameters }: Challenge, repository: Repository): URL {
  const url = resolveUrl(parameters.realm ?? '', repository);
  if (url !== undefined) return url;
  throw new StepFailure(`${repository.host} names no token service that is reached by https.`);
}

function askForToken(url: URL, service: string | undefined, { credentials, scopes, exchange }: Answering) {
  const named: readonly Pair[] = service === undefined ? [] : [['service', service]];
  if (credentials !== undefined && 'identityToken' in credentials) {
    const form: readonly Pair[] = [
      ['grant_type', 'refresh_token'],
      ['refresh_token', credentials.identityToken],
      ['client_id', 'driftloop'],
      ...named,
      ['scope', scopes.join(' ')],
    ];
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return exchange({ method: 'POST', url, headers, body: () => formatForm(form) });
  }
  const asked = new URL(url);
  for (const [key, value] of named) asked.searchParams.append(key, value);
  for (const scope of scopes) asked.searchParams.append('scope', scope);
  const headers = credentials === undefined ? {} : { authorization: encodeBasic(credentials) };
  return exchange({ method: 'GET', url: asked, headers });
}

type Pair = readonly [string, string];

function formatForm(pairs: readonly Pair[]): Buffer {
  const form = new URLSearchParams();
  for (const [key, value] of pairs) form.append(key, value);
  return Buffer.from(form.toString());
}
