import { exitStatus } from './exit-status.js';

/** Keeps a reader that goes away, or a full disk behind `>`, from ending in a stack trace. */
export function guardStreams(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `driftloop synth --stdout | head` closes the pipe early; that is no failure.
    if (error.code === 'EPIPE') return;
    process.stderr.write(`error The output cannot be written: ${error.message}\n`);
    process.exit(exitStatus.outside);
  });
  // Nobody is left to be told.
  process.stderr.on('error', () => undefined);
}
