import type { Command } from 'commander';
import type { Rollout } from '../../gitops/argocd/await-applications.js';
import type { PublishResult } from '../../gitops/publish/publish-request.js';
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
import { addWaitOptions, findIgnoredWaiting } from '../wait-options.js';
import type { WaitOptions } from '../wait-options.js';

interface PublishOptions extends DeliveryOptions, SelectionOptions, ForgeOptions, WaitOptions {
  readonly to?: string;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

/** What was published, and what has become of it where somebody wanted to know. */
interface Publication {
  readonly results: readonly PublishResult[];
  readonly rollout?: Rollout;
}

export function addPublish(program: Command, session: Session): void {
  const command = program
    .command('publish')
    .description('commit what was rendered to the GitOps repository; nothing changed is no commit')
    .option('--dry-run', 'work out everything, write nothing')
    .action(async (options: PublishOptions) => {
      session.status = await publish(options, session);
    });
  const described = addWaitOptions(addDeliveryOptions(addForgeOptions(command)));
  addFormatOption(addSelectionOptions(described), 'text', 'json');
}

async function publish(options: PublishOptions, session: Session): Promise<ExitStatus> {
  const { withInterruption } = await import('../interruption.js');
  const { takeResult } = await import('../report.js');
  const { formatDeliveries } = await import('../published.js');
  const published = await withInterruption((signal) => deliver(options, session, signal));
  const publication = takeResult(session, options.directory, published);
  if (publication === undefined) return exitStatus.problems;
  const { results, rollout } = publication;
  if (options.format === 'json') session.terminal.write(formatDeliveries(results, rollout));
  return rollout === undefined || rollout.outcome === 'arrived' ? exitStatus.done : exitStatus.outside;
}

/** As text, each part is told when it is done, because it stands whatever becomes of the next one. */
async function deliver(
  options: PublishOptions,
  session: Session,
  signal: AbortSignal,
): Promise<Checked<Publication>> {
  const ignored = findIgnoredWaiting(options);
  if (ignored.length > 0) return { value: undefined, problems: ignored };
  const { prepareRequest } = await import('../delivery.js');
  const { choosePaths, openForgeOf } = await import('../delivery-forge.js');
  const { formatPublished } = await import('../published.js');
  const { selectionOf } = await import('../selection.js');
  const { publishParts } = await import('../../gitops/publish/publish-parts.js');
  const { value: request, problems } = await prepareRequest(session, options, selectionOf(options), signal);
  if (request === undefined) return { value: undefined, problems };
  const parts = choosePaths(request, options, session);
  const tell = (text: string) => {
    if (options.format === 'text') session.terminal.write(text);
  };
  const publishAll = async (): Promise<Checked<readonly PublishResult[]>> => {
    const published = await publishParts({
      ...request,
      dryRun: options.dryRun,
      parts,
      openForge: () => openForgeOf(request, options, session),
      onPublished: (result) => {
        tell(formatPublished(result, 'text'));
      },
    });
    return { value: published.value, problems: [...problems, ...published.problems] };
  };
  if (options.wait !== true) {
    const { value: results, problems: found } = await publishAll();
    return { value: results && { results }, problems: found };
  }
  const { publishAndWait } = await import('../rollout.js');
  return publishAndWait({ request, parts, options, session, publishAll, tell });
}
