import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isNativeError } from 'node:util/types';
import { z } from 'zod';
import { OutsideError } from '../outside-error.js';
import type { KubeContext } from './kubeconfig.js';
import type { ExecEntry } from './kubeconfig-schema.js';

/** Who asks: a bearer token, a client certificate, or both. */
export interface KubeCredentials {
  readonly token?: string | undefined;
  /** PEM. */
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  /** Milliseconds since 1970; undefined: they do not run out, or nobody says when. */
  readonly expires?: number | undefined;
}

/** A token in a file is renewed by somebody; it is read again after this time, as kubectl does. */
const fileAge = 60_000;

/** What is not in the file itself may be long in coming: people log in. */
const pluginTimeout = 60_000;

export type ReadCredentials = (signal: AbortSignal | undefined) => Promise<KubeCredentials>;

/** How the user of a context proves who he is. A program that gives credentials runs as kubectl would run it. */
export function credentialsOf(context: KubeContext, environment: NodeJS.ProcessEnv): ReadCredentials {
  const { user, userFolder } = context;
  if (user['auth-provider'] !== undefined || user.username !== undefined) {
    throw new OutsideError(`the user of context "${context.name}" logs in as Kubernetes no longer allows`, {
      hint: 'Give it a token, a client certificate or an `exec` program.',
    });
  }
  const file = (name: 'client-certificate' | 'client-key') =>
    decode(user[`${name}-data`]) ?? readOptional(user[name], userFolder);
  const own = { certificate: file('client-certificate'), key: file('client-key') };
  const { exec, tokenFile, token } = user;
  if (exec !== undefined && exec !== null)
    return async (signal) => ({ ...own, ...(await runPlugin(exec, context, environment, signal)) });
  if (tokenFile === undefined) return () => Promise.resolve({ ...own, token });
  const read = () => readOptional(tokenFile, userFolder)?.trim();
  return () => Promise.resolve({ ...own, token: read(), expires: Date.now() + fileAge });
}

/** PEM, of a value in Base64. */
export function decode(data: string | undefined): string | undefined {
  return data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8');
}

/** A file that a kubeconfig names, relative to its own folder. */
export function readOptional(path: string | undefined, folder: string): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(resolve(folder, path), 'utf8');
  } catch (error) {
    const reason = isNativeError(error) ? error.message : String(error);
    throw new OutsideError(`a file that the kubeconfig names cannot be read: ${reason}`);
  }
}

const answer = z.object({
  status: z.object({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
    expirationTimestamp: z.string().optional(),
  }),
});

async function runPlugin(
  exec: ExecEntry,
  context: KubeContext,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<KubeCredentials> {
  const { command, installHint } = exec;
  const stdout = await run(exec, context, environment, signal);
  const parsed = answer.safeParse(parseJson(stdout));
  if (!parsed.success) {
    // What it printed may be a secret.
    throw new OutsideError(`${command} printed no ExecCredential`, { hint: installHint });
  }
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = parsed.data.status;
  const expires = Date.parse(expirationTimestamp ?? '');
  return {
    ...(token === undefined ? {} : { token }),
    ...(clientCertificateData === undefined
      ? {}
      : { certificate: clientCertificateData, key: clientKeyData }),
    expires: Number.isNaN(expires) ? undefined : expires,
  };
}

function run(
  { command, args, env, apiVersion, provideClusterInfo, installHint }: ExecEntry,
  { cluster, userFolder }: KubeContext,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<string> {
  const info = {
    apiVersion,
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      ...(provideClusterInfo === true
        ? {
            cluster: {
              server: cluster.server,
              'certificate-authority-data': cluster['certificate-authority-data'],
            },
          }
        : {}),
    },
  };
  // A path is relative to the file, a bare name is looked for on the PATH.
  const program = command.includes('/') ? resolve(userFolder, command) : command;
  const own = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
  const options = {
    env: { ...environment, ...own, KUBERNETES_EXEC_INFO: JSON.stringify(info) },
    timeout: pluginTimeout,
    ...(signal === undefined ? {} : { signal }),
  };
  return new Promise((done, fail) => {
    const child = execFile(program, [...(args ?? [])], options, (error, stdout, stderr) => {
      if (error === null) done(stdout);
      else if (signal?.aborted === true) fail(new DOMException('interrupted', 'AbortError'));
      else {
        const said = stderr.trim().split('\n').at(-1) ?? '';
        const reason = error.code === 'ENOENT' ? 'it is not installed' : said || 'it says nothing';
        fail(new OutsideError(`${command} gave no credentials: ${reason}`, { hint: installHint }));
      }
    });
    child.stdin?.end();
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
