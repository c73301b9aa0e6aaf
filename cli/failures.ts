import { CommanderError } from 'commander';
import { explainSystemError, isSystemError } from '../config/load/system-error.js';
import { OutsideError } from '../gitops/outside-error.js';
import type { ExitStatus } from './exit-status.js';
import { exitStatus } from './exit-status.js';
import type { Session } from './session.js';

/** A failure in words. */
interface Failure {
  readonly status: ExitStatus;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Turns whatever was thrown into words and a status; a stack trace is for those who ask for it. */
export function reportFailure(error: unknown, session: Session): ExitStatus {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitStatus.done;
    // Commander has told people why.
    const message = error.message.replace(/^error: /, '');
    const failure: Failure = { status: exitStatus.problems, message, hint: '--help says more.' };
    if (session.readByProgram) writeFailure(failure, session);
    return failure.status;
  }
  const { terminal, readByProgram } = session;
  const { status, message, hint } = explainFailure(error);
  if (readByProgram) writeFailure({ status, message, hint }, session);
  if (status === exitStatus.interrupted) {
    terminal.log(message);
    return status;
  }
  terminal.log(`${terminal.paint('red', 'error')} ${message}`);
  if (hint !== undefined) terminal.log(`  ${terminal.paint('cyan', 'hint:')} ${hint}`);
  const debugging = (terminal.environment.DRIFTLOOP_DEBUG ?? '') !== '';
  if (debugging && error instanceof Error) terminal.log(error.stack ?? '');
  return status;
}

function writeFailure(failure: Failure, { terminal }: Session): void {
  terminal.write(`${JSON.stringify({ failure }, null, 2)}\n`);
}

function explainFailure(error: unknown): Failure {
  if (isAbort(error)) return { status: exitStatus.interrupted, message: 'interrupted' };
  if (error instanceof OutsideError)
    return { status: exitStatus.outside, message: error.message, hint: error.hint };
  if (isSystemError(error)) {
    const { words, hint } = explainSystemError(error);
    const message = `${error.path ?? 'The operating system refused'}: ${words} (${error.syscall ?? error.code})`;
    return { status: exitStatus.outside, message, hint };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: exitStatus.fault,
    message: `This is a fault of driftloop, not of your input: ${message}`,
    hint: 'Please report it with the output of the same command under DRIFTLOOP_DEBUG=1.',
  };
}

function isAbort(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}
