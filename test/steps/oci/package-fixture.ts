import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageModel } from '../../../charts/tasks/package.js';
import { stepVariables } from '../../../charts/tasks/step-contract.js';
import { openRegistries } from '../../../steps/oci/open-registries.js';
import type { RegistryAccess } from '../../../steps/oci/session.js';

/** A run's volume with the files of a model; gone after the test. */
export function createVolume(files: Readonly<Record<string, string | Buffer>>): {
  readonly path: string;
  readonly add: (files: Readonly<Record<string, string | Buffer>>) => void;
  readonly remove: () => void;
} {
  const path = mkdtempSync(join(tmpdir(), 'driftloop-volume-'));
  const add = (more: Readonly<Record<string, string | Buffer>>) => {
    for (const [name, content] of Object.entries(more)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    }
  };
  add(files);
  return {
    path,
    add,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What a step is given to reach a registry, as files of a folder. */
export function openAccess(
  folder: string,
  { host, login, authority }: { host: string; login?: Login; authority?: string | undefined },
): RegistryAccess {
  mkdirSync(folder, { recursive: true });
  const auth = login && Buffer.from(`${login.username}:${login.password}`).toString('base64');
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({ auths: auth === undefined ? {} : { [host]: { auth } } }),
  );
  if (authority !== undefined) writeFileSync(join(folder, 'ca.crt'), authority);
  return openRegistries({
    [stepVariables.dockerConfig]: folder,
    ...(authority !== undefined && { [stepVariables.authority]: join(folder, 'ca.crt') }),
  });
}

export const commit = '1234567'.padEnd(40, '0');

/** The params of `package`, as a Pipeline gives them. */
export function packageParams(changes: Readonly<Record<string, string>>) {
  return packageModel.params.parse({
    model: 'jukebox',
    run: 'jukebox-test-1',
    source: 'https://git.example.com/mlops/jukebox.git',
    commit,
    files: 'unscanned',
    base: 'none',
    ...changes,
  });
}
