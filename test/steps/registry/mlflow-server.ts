import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const version = '3.17.2';

/** Kept between runs: installing takes a minute. */
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'driftloop', `mlflow-${version}`);

/** A Python with MLflow, installed from PyPI where Python is at hand; undefined: it cannot be had here. */
export function findMlflow(): string | undefined {
  const python = join(cache, 'bin/python3');
  const isWhole = () => existsSync(join(cache, 'bin/mlflow'));
  if (isWhole()) return python;
  if (spawnSync('python3', ['-m', 'venv', '--help'], { stdio: 'ignore' }).status !== 0) return undefined;
  // Beside its place, so that an installation that was stopped halfway is not taken for a whole one.
  const draft = `${cache}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  const made =
    run('python3', '-m', 'venv', '--copies', draft) &&
    run(join(draft, 'bin/python3'), '-m', 'pip', 'install', '--quiet', `mlflow==${version}`);
  if (made && !existsSync(cache)) renameSync(draft, cache);
  rmSync(draft, { recursive: true, force: true });
  return isWhole() ? python : undefined;
}

/** A tracking server with a database of its own. */
export class MlflowServer {
  private readonly folder = mkdtempSync(join(tmpdir(), 'driftloop-mlflow-'));
  private process: ChildProcess | undefined;

  async start(python: string): Promise<string> {
    const port = await findPort();
    this.process = spawn(
      python,
      [
        ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
        ...['--backend-store-uri', `sqlite:///${join(this.folder, 'mlflow.db')}`],
      ],
      {
        cwd: this.folder,
        stdio: 'ignore',
        detached: true,
        env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' },
      },
    );
    return `http://127.0.0.1:${port}`;
  }

  /** The server has processes of its own. */
  stop(): void {
    if (this.process?.pid !== undefined) process.kill(-this.process.pid, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function findPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo; // It listens on a port, not on a pipe.
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
