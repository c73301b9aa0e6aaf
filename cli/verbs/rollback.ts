import type { Command } from 'commander';
import type { ExitStatus } from '../exit-status.js';
import { requireText } from '../options.js';
import { addRenderedRecordOptions, runRecordVerb } from '../record-verb.js';
import type { RenderedRecordOptions } from '../record-verb.js';
import type { Session } from '../session.js';

interface RollbackOptions extends Omit<RenderedRecordOptions, 'to'> {
  readonly env: string;
  /** A version. */
  readonly to?: string;
  readonly quarantine?: boolean;
  readonly reason?: string;
  readonly repository?: string;
}

export function addRollback(program: Command, session: Session): void {
  const command = program
    .command('rollback')
    .description('bring back a version that an environment ran before, and pin it there')
    .argument('<model>', 'name of the model', requireText)
    .requiredOption('--env <name>', 'environment that goes back', requireText)
    .option(
      '--to <version>',
      'version to go back to (default: the last one that was verified and is not quarantined)',
      requireText,
    )
    .option('--quarantine', 'mark the version that is left as bad: it can be released nowhere any more')
    .option('--reason <text>', 'why, in one line; it is kept in the record', requireText)
    .action(async (model: string, options: RollbackOptions) => {
      session.status = await rollback(model, options, session);
    });
  addRenderedRecordOptions(command, '--repository');
}

async function rollback(model: string, options: RollbackOptions, session: Session): Promise<ExitStatus> {
  const { rollback: deliver } = await import('../../gitops/release/rollback.js');
  const { env: environment, to, quarantine, reason, by, repository } = options;
  const names = { model, environments: [environment], delivered: environment };
  return runRecordVerb(session, { ...options, to: repository }, names, (request) =>
    deliver({ ...request, record: { model, environment }, to, quarantine, reason, by }),
  );
}
