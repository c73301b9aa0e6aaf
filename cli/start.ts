import { exitStatus } from './exit-status.js';
import { run } from './program.js';
import { guardStreams } from './streams.js';
import { processTerminal } from './terminal.js';

/** Makes a command line the work of this process. */
export function startProgram(words: readonly string[]): void {
  guardStreams();
  // Stays when nothing is left to wait for and nobody has said how it ended.
  process.exitCode = exitStatus.fault;
  void run(words, processTerminal()).then((status) => {
    process.exitCode = status;
  });
}
