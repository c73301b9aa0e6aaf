import { resolve } from 'node:path';
import type { ExitStatus } from './exit-status.js';
import { exitStatus } from './exit-status.js';
import { Progress } from './progress.js';
import type { Terminal } from './terminal.js';

/** One call of the command line. */
export class Session {
  status: ExitStatus = exitStatus.done;
  /** Does a program read the result? Then failures are JSON, too. */
  readByProgram = false;
  readonly progress: Progress;

  constructor(readonly terminal: Terminal) {
    this.progress = new Progress(terminal);
  }

  /** A path of the command line, as it can be opened. */
  resolve(path: string): string {
    return resolve(this.terminal.cwd, path);
  }

  /** The same for an option that may be absent. */
  resolveOptional(path: string | undefined): string | undefined {
    return path === undefined ? undefined : this.resolve(path);
  }
}
