import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { PublishRequest, PublishResult } from '../../gitops/publish/publish.js';
import type { Checked } from '../../problems/problem.js';
import { addDeliveryOptions } from '../delivery-options.js';
import type { DeliveryOptions } from '../delivery-options.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addFormatOption, addSelectionOptions } from '../options.js';
import type { SelectionOptions } from '../options.js';
import type { Session } from '../session.js';

interface PublishOptions extends DeliveryOptions, SelectionOptions {
  readonly dryRun?: boolean;
  readonly pullRequest?: boolean;
  readonly forgeUrl?: string;
  readonly format: 'text' | 'json';
}

export function addPublish(program: Command, session: Session): void {
  const command = program
    .command('publish')
    .description('commit what was rendered to the GitOps repository; nothing changed is no commit')
    .option('--dry-run', 'work out everything, write nothing')
    .option('--pull-request', 'open or update a pull request instead of pushing to the branch')
    .option(
      '--forge-url <url>',
      "REST API of the forge, such as https://git.example.com/api/v3 for GitHub Enterprise (default: GitHub's, or Gitea's on the host of the repository)",
      requireHttpUrl,
    )
    .action(async (options: PublishOptions) => {
      session.status = await publish(options, session);
    });
  addFormatOption(addSelectionOptions(addDeliveryOptions(command)), 'text', 'json');
  command.addHelpText(
    'after',
    '\nEnvironment: DRIFTLOOP_GIT_USERNAME and DRIFTLOOP_GIT_PASSWORD for the repository over HTTP, DRIFTLOOP_FORGE_TOKEN for pull requests.',
  );
}

function requireHttpUrl(value: string): string {
  const protocol = URL.canParse(value) ? new URL(value).protocol : '';
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new InvalidArgumentError('It must be a URL of https or http.');
  return value;
}

async function publish(options: PublishOptions, session: Session): Promise<ExitStatus> {
  const { prepareRequest } = await import('../delivery.js');
  const { withInterruption } = await import('../interruption.js');
  const { takeResult } = await import('../report.js');
  const { selectionOf } = await import('../selection.js');
  const { formatPublished } = await import('../published.js');
  const { publish: deliver } = await import('../../gitops/publish/publish.js');
  const published = await withInterruption(async (signal): Promise<Checked<PublishResult>> => {
    const prepared = await prepareRequest(session, options, selectionOf(options), signal);
    const request =
      prepared.value === undefined ? prepared : await addForge(prepared, options, session, signal);
    if (request.value === undefined) return { value: undefined, problems: request.problems };
    const result = await deliver({ ...request.value, dryRun: options.dryRun });
    return { value: result.value, problems: [...request.problems, ...result.problems] };
  });
  const result = takeResult(session, options.directory, published);
  if (result === undefined) return exitStatus.problems;
  session.terminal.write(formatPublished(result, options.format));
  return exitStatus.done;
}

async function addForge(
  { value, problems }: Checked<PublishRequest>,
  options: PublishOptions,
  session: Session,
  signal: AbortSignal,
): Promise<Checked<PublishRequest>> {
  if (options.pullRequest !== true || value === undefined) return { value, problems };
  const { forgeTokenVariable, openForge } = await import('../../gitops/forges/forge.js');
  const token = session.terminal.environment[forgeTokenVariable];
  const { value: forge, problems: found } = openForge(value.remote, {
    token,
    signal,
    apiUrl: options.forgeUrl,
  });
  return { value: forge === undefined ? undefined : { ...value, forge }, problems: [...problems, ...found] };
}
