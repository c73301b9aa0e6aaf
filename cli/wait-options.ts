import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../config/values/duration.js';
import type { Problem } from '../problems/problem.js';
import { requireText } from './options.js';

/** Whether to wait for Argo CD. */
export interface WaitOptions {
  readonly wait?: boolean;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly context?: string;
}

/** Without a webhook Argo CD looks at a repository every three minutes. */
export const defaultTimeout = 600_000;

export function addWaitOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--wait',
        'end only when Argo CD has synced what was pushed and all of it is healthy; read from the cluster of KUBECONFIG',
      ).conflicts('dryRun'),
    )
    .option('--timeout <duration>', 'how long to wait, such as 5m (default: 10m)', readTimeout)
    .option(
      '--context <name>',
      'context of the kubeconfig that leads to the cluster with Argo CD (default: the current one)',
      requireText,
    );
}

function readTimeout(text: string): number {
  const { milliseconds = 0 } = parseDuration(text) ?? {};
  if (milliseconds < 1000) throw new InvalidArgumentError('It must be a duration such as 5m, at least 1s.');
  return milliseconds;
}

/** Options that would have no effect. */
export function findIgnoredWaiting({ wait, timeout, context }: WaitOptions): readonly Problem[] {
  if (wait === true) return [];
  const given = { '--timeout': timeout, '--context': context };
  return Object.entries(given).flatMap(([option, value]) =>
    value === undefined
      ? []
      : [
          {
            code: 'CLI_VALUE_INVALID' as const,
            severity: 'error' as const,
            message: `${option} is about waiting for Argo CD, and nothing is waited for.`,
            hint: 'Leave it out, or add --wait.',
          },
        ],
  );
}
