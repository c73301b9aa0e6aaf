import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A temporary folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'driftloop-test-'));
  folders.push(folder);
  return folder;
}

export function git(directory: string, ...args: string[]): string {
  const environment = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  };
  return execFileSync('git', args, { cwd: directory, env: environment, stdio: 'pipe' })
    .toString('utf8')
    .trimEnd();
}

/** A bare repository to publish to. */
export function bareRepository(...options: string[]): string {
  const path = join(temporaryFolder(), 'target.git');
  git('/', 'init', '--quiet', '--bare', '--initial-branch=main', ...options, path);
  return path;
}

export interface HandEdit {
  /** Content by path; undefined deletes. */
  readonly files?: Readonly<Record<string, string | Uint8Array | undefined>>;
  /** Target by path. */
  readonly links?: Readonly<Record<string, string>>;
  readonly branch?: string;
  readonly message?: string;
}

/** Commits as a person would, with a clone and a push; returns the commit. */
export function commitByHand(repository: string, edit: HandEdit): string {
  const branch = edit.branch ?? 'main';
  const clone = join(temporaryFolder(), 'clone');
  const format = git(repository, 'rev-parse', '--show-object-format');
  git('/', 'init', '--quiet', `--object-format=${format}`, '--initial-branch=main', clone);
  git(clone, 'remote', 'add', 'origin', repository);
  git(clone, 'fetch', '--quiet', 'origin');
  if (git(clone, 'ls-remote', 'origin', `refs/heads/${branch}`) === '')
    git(clone, 'checkout', '--quiet', '-B', branch);
  else git(clone, 'checkout', '--quiet', '-B', branch, `origin/${branch}`);
  for (const [path, content] of Object.entries(edit.files ?? {})) {
    const file = join(clone, path);
    rmSync(file, { force: true, recursive: true });
    if (content === undefined) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  for (const [path, target] of Object.entries(edit.links ?? {})) {
    rmSync(join(clone, path), { force: true, recursive: true });
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    symlinkSync(target, join(clone, path));
  }
  git(clone, 'add', '--all', '--force');
  git(clone, 'commit', '--quiet', '-m', edit.message ?? 'by hand');
  git(clone, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
  return git(clone, 'rev-parse', 'HEAD');
}

export function filesIn(repository: string, branch = 'main'): readonly string[] {
  const listing = git(repository, 'ls-tree', '-r', '--name-only', branch);
  return listing === '' ? [] : listing.split('\n');
}

export function readFrom(repository: string, path: string, branch = 'main'): string {
  return `${git(repository, 'show', `${branch}:${path}`)}\n`;
}

export function commitCount(repository: string, branch = 'main'): number {
  return Number(git(repository, 'rev-list', '--count', branch));
}

/** A promise and what fulfils it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  const parts: { open: () => void } = { open: () => undefined };
  const opened = new Promise<void>((resolve) => {
    parts.open = resolve;
  });
  return {
    opened,
    open: () => {
      parts.open();
    },
  };
}
