import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freePort } from './servers.js';
import { waitFor } from './wait.js';

export interface RegistryOptions {
  readonly binary: string;
  /** Where it keeps everything. */
  readonly folder: string;
  /** Who may do anything; absent: everybody. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** With a certificate of an authority of its own; default false. */
  readonly tls?: boolean;
}

/** Debian's docker-registry on loopback. */
export interface RealRegistry {
  /** `localhost:5000` */
  readonly host: string;
  /** Certificate of its authority, in PEM; undefined without TLS. */
  readonly authority: string | undefined;
  readonly stop: () => Promise<void>;
}

export async function startRegistry(options: RegistryOptions): Promise<RealRegistry> {
  const { folder, credentials, tls = false } = options;
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const files = tls ? makeCertificate(folder) : undefined;
  const config = join(folder, 'config.yaml');
  writeFileSync(
    config,
    stringify({
      version: 0.1,
      log: { level: 'error', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(folder, 'data') } },
      http: {
        addr: `127.0.0.1:${port}`,
        ...(files && { tls: { certificate: files.certificate, key: files.key } }),
      },
      ...(credentials && { auth: { htpasswd: { realm: 'test', path: makePasswords(folder, credentials) } } }),
    }),
  );
  const child = spawn(options.binary, ['serve', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const complaints: string[] = [];
  child.stderr.on('data', (data: Buffer) => complaints.push(data.toString()));
  const stop = () => kill(child);
  const authority = files && readFileSync(files.certificate, 'utf8');
  await waitFor('docker-registry to be ready', async () => {
    if (child.exitCode !== null) throw new Error(`docker-registry ended: ${complaints.join('')}`);
    return isReady(port, authority);
  });
  return { host: `localhost:${port}`, authority, stop };
}

function makeCertificate(folder: string): { readonly certificate: string; readonly key: string } {
  const [certificate, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  return { certificate, key };
}

/** The registry knows only bcrypt. */
function makePasswords(
  folder: string,
  { username, password }: { username: string; password: string },
): string {
  const file = join(folder, 'htpasswd');
  writeFileSync(file, execFileSync('htpasswd', ['-Bbn', username, password]));
  return file;
}

async function isReady(port: number, authority: string | undefined): Promise<boolean> {
  if (authority === undefined)
    return (await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined)) !== undefined;
  return new Promise((resolve) => {
    const asked = request({ host: 'localhost', port, path: '/v2/', ca: authority }, (response) => {
      response.resume();
      resolve(true);
    });
    asked.on('error', () => {
      resolve(false);
    });
    asked.end();
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
