import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { PublishResult } from '../../gitops/publish/publish.js';
import type { Checked } from '../../problems/problem.js';
import type { ForgeOptions } from '../delivery-forge.js';
import { addDeliveryOptions } from '../delivery-options.js';
import type { DeliveryOptions } from '../delivery-options.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
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
    .option('--push', 'push everything to the branch, whatever driftloop.yaml says about pull requests')
    .addOption(new Option('--pull-request', 'open or update pull requests for everything').conflicts('push'))
    .option(
      '--forge-url <url>',
      'REST API of the forge, such as https://git.example.com/api/v3 for GitHub Enterprise (default: delivery.apiUrl, else where the forge has it)',
      requireHttpUrl,
    )
    .action(async (options: PublishOptions) => {
      session.status = await publish(options, session);
    });
  addFormatOption(addSelectionOptions(addDeliveryOptions(command)), 'text', 'json');
  command.addHelpText('after', helpEnding);
}

const helpEnding = `
Environment: DRIFTLOOP_GIT_USERNAME and DRIFTLOOP_GIT_PASSWORD for the repository over HTTP, DRIFTLOOP_FORGE_TOKEN for
pull requests; the secrets also in files, as DRIFTLOOP_GIT_PASSWORD_FILE and DRIFTLOOP_FORGE_TOKEN_FILE.
DRIFTLOOP_CA_FILE holds certificates of own authorities; HTTPS_PROXY, HTTP_PROXY and NO_PROXY count.`;

function requireHttpUrl(value: string): string {
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new InvalidArgumentError('It must be a URL of https or http.');
  return value;
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
