import { CommanderError } from 'commander';
import { OutsideError } from '../gitops/outside-error.js';
import type { ExitStatus } from './exit-status.js';
import { exitStatus } from './exit-status.js';
import type { Session } from './session.js';

/** Turns whatever was thrown into words and a status; a stack trace is for those who ask for it. */
export function reportFailure(error: unknown, session: Session): ExitStatus {
  const { terminal } = session;
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitStatus.done : exitStatus.problems; // Commander has said why.
  }
  if (isAbort(error)) {
    terminal.log('interrupted');
    return exitStatus.interrupted;
  }
  const debugging = (terminal.environment.DRIFTLOOP_DEBUG ?? '') !== '';
  const message = error instanceof Error ? error.message : String(error);
  const label = terminal.paint('red', 'error');
  if (error instanceof OutsideError || isSystemError(error)) {
    terminal.log(`${label} ${message}`);
    if (error instanceof OutsideError && error.hint !== undefined) terminal.log(`  hint: ${error.hint}`);
    if (debugging && error instanceof Error) terminal.log(error.stack ?? '');
    return exitStatus.outside;
  }
  terminal.log(`${label} This is a fault of driftloop, not of your input: ${message}`);
  terminal.log(
    debugging && error instanceof Error
      ? (error.stack ?? '')
      : '  Please report it with the output of the same command under DRIFTLOOP_DEBUG=1.',
  );
  return exitStatus.fault;
}

function isAbort(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}

/** The disk is full, a directory may not be written: node's errors from the operating system carry the failed call. */
function isSystemError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error;
}
