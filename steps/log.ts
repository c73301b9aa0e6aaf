import type { LogFormat } from '../config/model-runs.js';
import { stepVariables } from '../charts/tasks/step-contract.js';

export type LogLevel = 'info' | 'warning' | 'error';

/** Takes one event: a sentence, which may have several lines where it holds what another program said. */
export type Log = (message: string, level?: LogLevel) => void;

type Variables = Readonly<Record<string, string | undefined>>;

/** Readable lines, or one JSON object per event where the cluster's log collector wants that. */
export function createLog(step: string, variables: Variables, write: (line: string) => void): Log {
  if (variables[stepVariables.log] !== ('json' satisfies LogFormat)) {
    return (message) => {
      write(message);
    };
  }
  return (message, level = 'info') => {
    write(JSON.stringify({ time: new Date().toISOString(), level, step, message }));
  };
}
