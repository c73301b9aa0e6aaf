import type { Command } from 'commander';
import type { PublishResult } from '../../gitops/publish/publish.js';
import type { Checked } from '../../problems/problem.js';
import { addDeliveryOptions } from '../delivery-options.js';
import type { DeliveryOptions } from '../delivery-options.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addFormatOption, requireText } from '../options.js';
import type { Session } from '../session.js';

interface ReleaseOptions extends DeliveryOptions {
  readonly env: string;
  readonly version: string;
  readonly image: string;
  readonly by: string;
  readonly commit?: string;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

export function addRelease(program: Command, session: Session): void {
  const command = program
    .command('release')
    .description('record a model version for an environment and deliver the model with it, in one commit')
    .argument('<model>', 'name of the model', requireText)
    .requiredOption('--env <name>', 'environment that receives it', requireText)
    .requiredOption('--version <version>', 'version, as people call it', requireText)
    .requiredOption('--image <image>', 'where the model is: oci://repository@sha256:…', requireText)
    .option('--by <name>', 'who or what releases it', requireText, 'driftloop release')
    .option('--commit <sha>', "whole id of the commit of the model's source it was trained from", requireText)
    .option('--dry-run', 'work out everything, write nothing')
    .action(async (model: string, options: ReleaseOptions) => {
      session.status = await release(model, options, session);
    });
  addFormatOption(addDeliveryOptions(command), 'text', 'json');
}

async function release(model: string, options: ReleaseOptions, session: Session): Promise<ExitStatus> {
  const { prepareRequest } = await import('../delivery.js');
  const { withInterruption } = await import('../interruption.js');
  const { takeResult } = await import('../report.js');
  const { checkRelease } = await import('../../config/release-files.js');
  const { formatPublished } = await import('../published.js');
  const { release: deliver } = await import('../../gitops/publish/release.js');
  const { env: environment, version, image, by, commit, dryRun } = options;
  const selection = { environments: [environment], models: [model] };
  const releasedAt = new Date().toISOString();
  const record = { model, environment, version, image, releasedAt, by, commit, metrics: {} };
  const delivered = await withInterruption(async (signal): Promise<Checked<PublishResult>> => {
    const { value: request, problems } = await prepareRequest(session, options, selection, signal);
    if (request === undefined) return { value: undefined, problems };
    const faults = checkRelease(record);
    if (faults.length > 0) return { value: undefined, problems: [...problems, ...faults] };
    const result = await deliver({ ...request, dryRun, release: record });
    return { value: result.value, problems: [...problems, ...result.problems] };
  });
  const result = takeResult(session, options.directory, delivered);
  if (result === undefined) return exitStatus.problems;
  session.terminal.write(formatPublished(result, options.format));
  return exitStatus.done;
}
