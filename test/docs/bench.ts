import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = process.cwd();

/** What CI runs itself, and what installs packages. */
const exempt = /^npm (?:start|test|ci|install|run bench)\b/;

/** A reader's machine: a clone of this repository in a folder, and a shell that stands in it. */
export class Bench {
  private readonly folder = mkdtempSync(join(tmpdir(), 'driftloop-docs-'));
  private directory = join(this.folder, 'driftloop');

  constructor() {
    const program = join(root, 'build/cli/driftloop.js');
    if (!existsSync(program)) throw new Error('these tests need the compiled program: npm run build');
    mkdirSync(this.directory);
    const filter = (path: string) => !path.endsWith('/.driftloop');
    cpSync(join(root, 'examples'), join(this.directory, 'examples'), { recursive: true, filter });
    const bin = join(this.folder, 'bin');
    mkdirSync(bin);
    symlinkSync(program, join(bin, 'driftloop'));
    writeFileSync(join(bin, 'npx'), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  }

  /** Runs a command and returns what it prints; undefined: it is run elsewhere. Throws when it fails. */
  run(command: string): string | undefined {
    if (exempt.test(command)) return undefined;
    const script = `exec 2>&1\n${command}\nstatus=$?\npwd >&3\nexit $status`;
    const { status, output } = spawnSync('sh', ['-c', script], {
      cwd: this.directory,
      env: this.environment(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const printed = output[1] ?? '';
    if (status !== 0) throw new Error(`${command} ended with ${status ?? 'a signal'}:\n${printed}`);
    this.directory = output[3]?.trim() ?? this.directory;
    return printed.replace(/ +$/gm, '');
  }

  read(path: string): string {
    return readFileSync(resolve(this.directory, path), 'utf8');
  }

  /** Changes a file as a reader does: `--- file`, then lines to find and lines to put in their place. */
  edit(difference: string): void {
    const [head = '', ...lines] = difference.trimEnd().split('\n');
    const file = head.replace('--- ', '');
    const side = (sign: string) =>
      lines.flatMap((line) => (line.startsWith(sign) || line.startsWith(' ') ? [`${line.slice(1)}\n`] : []));
    const parts = this.read(file).split(side('-').join(''));
    if (parts.length !== 2) throw new Error(`${file} has these lines ${parts.length - 1} times`);
    writeFileSync(resolve(this.directory, file), parts.join(side('+').join('')));
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Nothing of the settings of whoever runs the tests. */
  private environment(): NodeJS.ProcessEnv {
    return {
      PATH: `${join(this.folder, 'bin')}:${process.env.PATH ?? ''}`,
      HOME: this.folder,
      LC_ALL: 'C',
      NO_COLOR: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Reader',
      GIT_AUTHOR_EMAIL: 'reader@example.com',
      GIT_COMMITTER_NAME: 'Reader',
      GIT_COMMITTER_EMAIL: 'reader@example.com',
    };
  }
}
