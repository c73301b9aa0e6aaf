import type { Command } from 'commander';
import type { PublishRequest } from '../gitops/publish/publish-request.js';
import type { RecordResult } from '../gitops/release/record-delivery.js';
import type { Checked } from '../problems/problem.js';
import type { ForgeOptions } from './delivery-forge.js';
import { addDeliveryOptions } from './delivery-options.js';
import type { DeliveryOptions } from './delivery-options.js';
import { exitStatus } from './exit-status.js';
import type { ExitStatus } from './exit-status.js';
import { addForgeOptions } from './forge-options.js';
import { addFormatOption, requireText } from './options.js';
import type { Session } from './session.js';

/** What all verbs that change a release record take. */
export interface RecordOptions extends DeliveryOptions {
  readonly by: string;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

/** For verbs that change what is delivered. */
export interface RenderedRecordOptions extends RecordOptions, ForgeOptions {
  readonly to?: string | undefined;
  readonly withChanges?: boolean;
}

/** @param flag as in addDeliveryOptions */
export function addRecordOptions(command: Command, flag?: '--to' | '--repository'): Command {
  const described = command
    .option('--by <name>', 'who or what does it', requireText, `driftloop ${command.name()}`)
    .option('--dry-run', 'work out everything, write nothing');
  return addFormatOption(addDeliveryOptions(described, flag), 'text', 'json');
}

/** For verbs that change what is delivered, by push or by pull request. @param flag as in addDeliveryOptions */
export function addRenderedRecordOptions(command: Command, flag?: '--to' | '--repository'): Command {
  command.option(
    '--with-changes',
    'deliver also the changes of the model in this workspace that nobody has published yet',
  );
  return addForgeOptions(addRecordOptions(command, flag));
}

export interface RecordNames {
  readonly model: string;
  readonly environments: readonly string[];
  /** Environment whose way of delivery counts; absent: it is pushed, as what people only note down. */
  readonly delivered?: string;
}

/**
 * Prepares the delivery, lets the verb decide, and prints what came of it.
 * @param names what is asked for; a name the workspace does not have is a problem
 */
export async function runRecordVerb(
  session: Session,
  options: RenderedRecordOptions,
  names: RecordNames,
  deliver: (request: PublishRequest) => Promise<Checked<RecordResult>>,
): Promise<ExitStatus> {
  const { prepareRequest } = await import('./delivery.js');
  const { openWay } = await import('./delivery-forge.js');
  const { withInterruption } = await import('./interruption.js');
  const { takeResult } = await import('./report.js');
  const { formatRecorded } = await import('./recorded.js');
  const selection = { environments: names.environments, models: [names.model] };
  const delivered = await withInterruption(async (signal): Promise<Checked<RecordResult>> => {
    const { value: request, problems } = await prepareRequest(session, options, selection, signal);
    if (request === undefined) return { value: undefined, problems };
    const { dryRun, withChanges } = options;
    const { value: way, problems: refusals } = openWay({ ...request, dryRun }, names, options, session);
    if (way === undefined) return { value: undefined, problems: [...problems, ...refusals] };
    const result = await deliver({ ...request, ...way, dryRun, withChanges });
    return { value: result.value, problems: [...problems, ...result.problems] };
  });
  const result = takeResult(session, options.directory, delivered);
  if (result === undefined) return exitStatus.problems;
  session.terminal.write(formatRecorded(result, options.format));
  return exitStatus.done;
}
