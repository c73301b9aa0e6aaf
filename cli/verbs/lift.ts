import type { Command } from 'commander';
import type { LiftResult } from '../../gitops/release/lift-quarantine.js';
import type { Checked } from '../../problems/problem.js';
import { addTargetOption } from '../delivery-options.js';
import type { DeliveryOptions } from '../delivery-options.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addFormatOption, requireText } from '../options.js';
import type { Session } from '../session.js';

interface LiftOptions extends DeliveryOptions {
  readonly version: string;
  readonly by: string;
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

export function addLift(program: Command, session: Session): void {
  const command = program
    .command('lift')
    .description('lift the quarantine of a version, so that it may be released and promoted again')
    .argument('<model>', 'name of the model', requireText)
    .requiredOption('--version <version>', 'version that is good after all', requireText)
    .option('--reason <text>', 'why, for those who wonder later', requireText)
    .option('--by <name>', 'who or what does it', requireText, 'driftloop lift')
    .option('--dry-run', 'work out everything, write nothing')
    .action(async (model: string, options: LiftOptions) => {
      session.status = await lift(model, options, session);
    });
  addFormatOption(addTargetOption(command), 'text', 'json');
}

async function lift(model: string, options: LiftOptions, session: Session): Promise<ExitStatus> {
  const { prepareRequest } = await import('../delivery.js');
  const { withInterruption } = await import('../interruption.js');
  const { takeResult } = await import('../report.js');
  const { liftQuarantine } = await import('../../gitops/release/lift-quarantine.js');
  const { version, by, reason, dryRun } = options;
  const lifted = await withInterruption(async (signal): Promise<Checked<LiftResult>> => {
    const { value: request, problems } = await prepareRequest(session, options, { models: [model] }, signal);
    if (request === undefined) return { value: undefined, problems };
    const found = await liftQuarantine({ ...request, model, version, by, reason, dryRun });
    return { value: found.value, problems: [...problems, ...found.problems] };
  });
  const result = takeResult(session, options.directory, lifted);
  if (result === undefined) return exitStatus.problems;
  session.terminal.write(await format(result, version, options.format));
  return exitStatus.done;
}

async function format(result: LiftResult, version: string, kind: LiftOptions['format']): Promise<string> {
  const { describePublished, formatPublished } = await import('../published.js');
  if (kind === 'json')
    return `${JSON.stringify({ ...describePublished(result), lifted: result.lifted }, null, 2)}\n`;
  const because = result.lifted.map(({ by, at, reason }) => {
    const why = reason === undefined ? '' : `: ${reason}`;
    return `version ${version} was quarantined by ${by} at ${at}${why}\n`;
  });
  return `${because.join('')}${formatPublished(result, 'text')}`;
}
