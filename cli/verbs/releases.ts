import type { Command } from 'commander';
import type { ListedRelease } from '../../gitops/release/list-releases.js';
import type { Checked } from '../../problems/problem.js';
import { addTargetOption } from '../delivery-options.js';
import type { DeliveryOptions } from '../delivery-options.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addEnvironmentOption, addFormatOption, requireText } from '../options.js';
import type { Session } from '../session.js';

interface ReleasesOptions extends DeliveryOptions {
  readonly env?: readonly string[];
  readonly format: 'text' | 'json';
}

export function addReleases(program: Command, session: Session): void {
  const command = program
    .command('releases')
    .description('tell what was released of a model, from the history of the GitOps repository, newest first')
    .argument('<model>', 'name of the model', requireText)
    .action(async (model: string, options: ReleasesOptions) => {
      session.status = await listReleases(model, options, session);
    });
  addFormatOption(addEnvironmentOption(addTargetOption(command)), 'text', 'json');
}

async function listReleases(model: string, options: ReleasesOptions, session: Session): Promise<ExitStatus> {
  const { prepareRequest } = await import('../delivery.js');
  const { withInterruption } = await import('../interruption.js');
  const { takeResult } = await import('../report.js');
  const { formatReleases } = await import('../release-list.js');
  const { listReleases: list } = await import('../../gitops/release/list-releases.js');
  const selection = { environments: options.env, models: [model] };
  const listed = await withInterruption(async (signal): Promise<Checked<readonly ListedRelease[]>> => {
    const { value: request, problems } = await prepareRequest(session, options, selection, signal);
    if (request === undefined) return { value: undefined, problems };
    const found = await list({ ...request, model, environments: options.env });
    return { value: found.value, problems: [...problems, ...found.problems] };
  });
  const result = takeResult(session, options.directory, listed);
  if (result === undefined) return exitStatus.problems;
  if (result.length === 0) session.terminal.log(`nothing was released of ${model}`);
  session.terminal.write(formatReleases(result, options.format));
  return exitStatus.done;
}
