import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of the real ring, with the names that distributions give them. */
const spellings = {
  prometheus: ['prometheus'],
  promtool: ['promtool'],
  alertmanager: ['alertmanager', 'prometheus-alertmanager'],
  amtool: ['amtool'],
  openssl: ['openssl'],
  gpg: ['gpg'],
  'ssh-keygen': ['ssh-keygen'],
  registry: ['docker-registry'],
  htpasswd: ['htpasswd'],
} as const;

export type Binary = keyof typeof spellings;

/** Path of a program of $PATH; undefined when it is not installed. */
export function findBinary(binary: Binary): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => spellings[binary].map((name) => join(folder, name))).find(isExecutable);
}

/**
 * Tests that need real programs. Where one is missing they are skipped by name, so that the report says what was not
 * tried; with CI=true that is a failure.
 */
export function describeWith<const Names extends readonly Binary[]>(
  binaries: Names,
  name: string,
  tests: (paths: Readonly<Record<Names[number], string>>) => void,
): void {
  const found = binaries.map((binary) => [binary, findBinary(binary)] as const);
  const missing = found.filter(([, path]) => path === undefined).map(([binary]) => binary);
  if (missing.length === 0) {
    describe(name, () => {
      // Every name has a path here; entries lose that knowledge.
      tests(Object.fromEntries(found) as Record<Names[number], string>);
    });
    return;
  }
  const reason = `${name} (needs ${missing.join(', ')}: node scripts/install-real-servers.mjs)`;
  if (process.env.CI === 'true') {
    test(reason, () => {
      throw new Error(`not installed: ${missing.join(', ')}`);
    });
  } else {
    test.skip(reason, () => undefined);
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
