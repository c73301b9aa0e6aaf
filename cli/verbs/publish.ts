import type { Command } from 'commander';
import type { PublishResult } from '../../gitops/publish/publish.js';
import type { Checked } from '../../problems/problem.js';
import type { ForgeOptions } from '../delivery-forge.js';
import { addDeliveryOptions } from '../delivery-options.js';
import type { DeliveryOptions } from '../delivery-options.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addForgeOptions } from '../forge-options.js';
import { addFormatOption, addSelectionOptions } from '../options.js';
import type { SelectionOptions } from '../options.js';
import type { Session } from '../session.js';

interface PublishOptions extends DeliveryOptions, SelectionOptions, ForgeOptions {
  readonly to?: string;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

export function addPublish(program: Command, session: Session): void {
  const command = program
    .command('publish')
    .description('commit what was rendered to the GitOps repository; nothing changed is no commit')
    .option('--dry-run', 'work out everything, write nothing')
    .action(async (options: PublishOptions) => {
      session.status = await publish(options, session);
    });
  addFormatOption(addSelectionOptions(addDeliveryOptions(addForgeOptions(command))), 'text', 'json');
}

async function publish(options: PublishOptions, session: Session): Promise<ExitStatus> {
  const { withInterruption } = await import('../interruption.js');
  const { takeResult } = await import('../report.js');
  const { formatDeliveries } = await import('../published.js');
  const published = await withInterruption((signal) => deliver(options, session, signal));
  const results = takeResult(session, options.directory, published);
  if (results === undefined) return exitStatus.problems;
  if (options.format === 'json') session.terminal.write(formatDeliveries(results));
  return exitStatus.done;
}

/** As text, each part is told when it is done, because it stands whatever becomes of the next one. */
async function deliver(
  options: PublishOptions,
  session: Session,
  signal: AbortSignal,
): Promise<Checked<readonly PublishResult[]>> {
  const { prepareRequest } = await import('../delivery.js');
  const { choosePaths, openForgeOf } = await import('../delivery-forge.js');
  const { formatPublished } = await import('../published.js');
  const { selectionOf } = await import('../selection.js');
  const { publishParts } = await import('../../gitops/publish/publish-parts.js');
  const { value: request, problems } = await prepareRequest(session, options, selectionOf(options), signal);
  if (request === undefined) return { value: undefined, problems };
  const published = await publishParts({
    ...request,
    dryRun: options.dryRun,
    parts: choosePaths(request, options, session),
    openForge: () => openForgeOf(request, options, session),
    onPublished: (result) => {
      if (options.format === 'text') session.terminal.write(formatPublished(result, 'text'));
    },
  });
  return { value: published.value, problems: [...problems, ...published.problems] };
}
