import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SecretReader, TriggerEvent } from '../../config/values/cel.js';
import { fieldAt, listAt, textAt } from '../fields.js';
import type { Interception } from './interceptors.js';

/** A core interceptor that verifies who sends. */
export interface ForgeInterceptor {
  /** Path below the Trigger's spec. */
  readonly path: string;
  readonly forge: ForgeName;
  /** undefined: everybody may send. */
  readonly secret: { readonly name: string; readonly key: string } | undefined;
  /** undefined: any event. */
  readonly eventTypes: readonly string[] | undefined;
}

type ForgeName = keyof typeof headersOf;

/** Which headers they read: the kind of event, and what proves its origin; and what they call it when it does not. */
const headersOf = {
  github: {
    event: 'X-Github-Event',
    proof: 'X-Hub-Signature-256',
    withoutProof: 'refused',
    wrongProof: 'refused',
  },
  gitlab: { event: 'X-Gitlab-Event', proof: 'X-Gitlab-Token', withoutProof: 'failed', wrongProof: 'failed' },
  bitbucket: {
    event: 'X-Event-Key',
    proof: 'X-Hub-Signature',
    withoutProof: 'failed',
    wrongProof: 'refused',
  },
} as const;

export function isForgeName(name: string): name is ForgeName {
  return Object.hasOwn(headersOf, name);
}

export function isForge(interceptor: object): interceptor is ForgeInterceptor {
  return 'forge' in interceptor;
}

export function readForge(written: unknown, forge: ForgeName, path: string): ForgeInterceptor {
  const params = listAt(written, 'params');
  const valueOf = (name: string): unknown =>
    fieldAt(
      params.find((param) => textAt(param, 'name') === name),
      'value',
    );
  const secret = valueOf('secretRef');
  const types = valueOf('eventTypes');
  return {
    path,
    forge,
    secret:
      secret === undefined
        ? undefined
        : { name: textAt(secret, 'secretName') ?? '', key: textAt(secret, 'secretKey') ?? '' },
    eventTypes: Array.isArray(types) ? types.filter((type) => typeof type === 'string') : undefined,
  };
}

/** What the interceptors of Tekton Triggers 0.37 do, in their order: first the kind of event, then its origin. */
export function verifyForge(
  { forge, secret, eventTypes }: ForgeInterceptor,
  event: TriggerEvent,
  readSecret: SecretReader,
): Interception {
  const headers = headersOf[forge];
  const first = (name: string) => event.headers.get(name)?.[0] ?? '';
  if (forge === 'github' && first('Content-Type') === 'application/x-www-form-urlencoded') {
    return { outcome: 'refused', reason: 'the forge sends a form, and must be told to send JSON' };
  }
  const type = first(headers.event);
  if (eventTypes !== undefined && !eventTypes.includes(type)) {
    return { outcome: 'refused', reason: `it is about "${type}", not about ${eventTypes.join(', ')}` };
  }
  if (secret === undefined) return { outcome: 'passed', extensions: event.extensions };
  if (secret.key === '') return { outcome: 'refused', reason: 'the interceptor names no key of a Secret' };
  const proof = first(headers.proof);
  if (proof === '') return { outcome: headers.withoutProof, reason: `it has no header ${headers.proof}` };
  const content = readSecret(secret.name, secret.key);
  if (content === undefined) return { outcome: 'refused', reason: `there is no Secret "${secret.name}"` };
  const isRight = forge === 'gitlab' ? proof === content : isSignature(proof, event.bodyText, content);
  if (!isRight)
    return { outcome: headers.wrongProof, reason: `its ${headers.proof} is not what the Secret makes of it` };
  return { outcome: 'passed', extensions: event.extensions };
}

/** `sha256=<hexadecimal digits>`; SHA-1 and SHA-512 are taken, too. */
function isSignature(signature: string, body: string, key: string): boolean {
  const [, algorithm = '', digits = ''] = /^(sha1|sha256|sha512)=((?:[0-9a-f]{2})*)$/i.exec(signature) ?? [];
  if (!['sha1', 'sha256', 'sha512'].includes(algorithm)) return false;
  const wanted = createHmac(algorithm, key).update(body).digest();
  const given = Buffer.from(digits, 'hex');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The headers a forge would prove this body with; none for what comes from no forge. */
export function proofHeaders(
  headers: ReadonlyMap<string, unknown>,
  body: string,
  secret: string,
): Readonly<Record<string, string>> {
  const sign = () => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  if (headers.has(headersOf.github.event)) return { [headersOf.github.proof]: sign() };
  if (headers.has(headersOf.bitbucket.event)) return { [headersOf.bitbucket.proof]: sign() };
  return headers.has(headersOf.gitlab.event) ? { [headersOf.gitlab.proof]: secret } : {};
}
