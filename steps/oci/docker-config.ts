import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StepFailure } from '../step-failure.js';
import type { Repository } from './reference.js';

export type RegistryCredentials =
  | { readonly username: string; readonly password: string }
  /** A refresh token, which a token service changes into others. */
  | { readonly identityToken: string };

const entry = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
});

const config = z.object({
  auths: z.record(z.string(), entry).default({}),
  credHelpers: z.record(z.string(), z.string()).default({}),
  credsStore: z.string().optional(),
});

type DockerConfig = z.output<typeof config>;

/**
 * What a Docker configuration (the content of a Secret of type kubernetes.io/dockerconfigjson) says about a repository.
 * As in Kubernetes, an entry may name a path, too, and the longest that fits counts. undefined: nothing.
 */
export function findCredentials(
  folder: string | undefined,
  { host, name }: Repository,
): RegistryCredentials | undefined {
  if (folder === undefined) return undefined;
  const file = join(folder, 'config.json');
  const found = readConfig(file);
  const wanted = `${host}/${name}/`;
  const [key] = Object.keys(found.auths)
    .filter((written) => wanted.startsWith(`${normalize(written)}/`))
    .sort((a, b) => normalize(b).length - normalize(a).length);
  if (key === undefined && (found.credsStore !== undefined || host in found.credHelpers)) {
    throw new StepFailure(
      `${file} asks a program for the credentials of ${host}, and there is none here: write them into "auths".`,
    );
  }
  const auth = key === undefined ? undefined : found.auths[key];
  return auth === undefined ? undefined : readEntry(auth, file);
}

function readConfig(file: string): DockerConfig {
  try {
    return config.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // What is wrong with it might show a part of a password.
    throw new StepFailure(`${file} cannot be read as a Docker configuration: {"auths": {…}}.`);
  }
}

/** `https://index.docker.io/v1/` and `registry.example.com` as `host/path`. */
function normalize(key: string): string {
  const plain = key.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const path = plain.replace(/\/v[12]$/, '');
  return path === 'index.docker.io' || path === 'registry-1.docker.io' ? 'docker.io' : path;
}

function readEntry(
  { auth, username, password, identitytoken }: z.output<typeof entry>,
  file: string,
): RegistryCredentials {
  if (identitytoken !== undefined && identitytoken !== '') return { identityToken: identitytoken };
  if (username !== undefined && password !== undefined) return { username, password };
  const decoded = Buffer.from(auth ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1) throw new StepFailure(`${file} has an entry without user name and password.`);
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/\0+$/, '') };
}
