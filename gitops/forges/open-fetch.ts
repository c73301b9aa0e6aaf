import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { EnvHttpProxyAgent, fetch as fetchThrough } from 'undici';
import type { Dispatcher } from 'undici';
import type { Checked } from '../../problems/problem.js';
import { caFileVariable } from '../git/remote.js';

/** fetch that goes through a dispatcher of the environment; Node's own knows neither proxies nor authorities. */
export function openFetch(environment: NodeJS.ProcessEnv): Checked<typeof globalThis.fetch> {
  const { value: dispatcher, problems } = openDispatcher(environment);
  if (dispatcher === undefined) return { value: undefined, problems };
  // undici's own types and Node's differ in name only.
  const value = ((input: string, options: object) =>
    fetchThrough(input, { ...options, dispatcher })) as unknown as typeof globalThis.fetch;
  return { value, problems: [] };
}

/**
 * Goes through the proxies of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY, in small letters, too) and trusts the
 * authorities of DRIFTLOOP_CA_FILE besides the usual ones.
 */
export function openDispatcher(environment: NodeJS.ProcessEnv): Checked<Dispatcher> {
  const { value: authorities, problems } = readAuthorities(environment[caFileVariable]);
  if (authorities === undefined) return { value: undefined, problems };
  const tls = authorities.length === 0 ? {} : { ca: [...rootCertificates, ...authorities] };
  const proxies = {
    httpProxy: environment.http_proxy ?? environment.HTTP_PROXY ?? '',
    httpsProxy: environment.https_proxy ?? environment.HTTPS_PROXY ?? '',
    noProxy: environment.no_proxy ?? environment.NO_PROXY ?? '',
  };
  const value = new EnvHttpProxyAgent({ ...proxies, connect: tls, requestTls: tls, proxyTls: tls });
  return { value, problems: [] };
}

function readAuthorities(file: string | undefined): Checked<readonly string[]> {
  if (file === undefined || file === '') return { value: [], problems: [] };
  let reason = 'it holds no certificate in PEM';
  try {
    const text = readFileSync(file, 'utf8');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return { value: [text], problems: [] };
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  const message = `the file that ${caFileVariable} names cannot be used: ${reason}`;
  const hint = 'Name a readable file with certificates in PEM, or unset the variable.';
  return { value: undefined, problems: [{ code: 'GITOPS_SECRET_FILE', severity: 'error', message, hint }] };
}
