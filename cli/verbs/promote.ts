import type { Command } from 'commander';
import type { ExitStatus } from '../exit-status.js';
import { requireText } from '../options.js';
import { addRenderedRecordOptions, runRecordVerb } from '../record-verb.js';
import type { RenderedRecordOptions } from '../record-verb.js';
import type { Session } from '../session.js';

interface PromoteOptions extends Omit<RenderedRecordOptions, 'to'> {
  readonly from: string;
  /** An environment. */
  readonly to: string;
  readonly version?: string;
  readonly repository?: string;
}

export function addPromote(program: Command, session: Session): void {
  const command = program
    .command('promote')
    .description('release exactly what one environment runs, verified there, to a later one')
    .argument('<model>', 'name of the model', requireText)
    .requiredOption('--from <name>', 'environment that runs the verified version', requireText)
    .requiredOption('--to <name>', 'environment that receives it', requireText)
    .option(
      '--version <version>',
      'promote this version and no other; lifts the pin of a rollback',
      requireText,
    )
    .action(async (model: string, options: PromoteOptions) => {
      session.status = await promote(model, options, session);
    });
  addRenderedRecordOptions(command, '--repository');
}

async function promote(model: string, options: PromoteOptions, session: Session): Promise<ExitStatus> {
  const { promote: deliver } = await import('../../gitops/release/promote.js');
  const { from, to, version, by, repository } = options;
  const environments = [...new Set([from, to])];
  return runRecordVerb(
    session,
    { ...options, to: repository },
    { model, environments, delivered: to },
    (request) => deliver({ ...request, model, from, to, version, by }),
  );
}
