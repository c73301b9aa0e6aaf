import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { PublishResult } from '../../gitops/publish/publish.js';
import { addDeliveryOptions } from '../delivery-options.js';
import type { DeliveryOptions } from '../delivery-options.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addFormatOption, addSelectionOptions, requireText } from '../options.js';
import type { SelectionOptions } from '../options.js';
import type { Session } from '../session.js';

interface DiffOptions extends DeliveryOptions, SelectionOptions {
  readonly exitCode?: boolean;
  readonly output?: string;
  readonly format: Format;
}

const formats = ['text', 'json', 'markdown', 'html'] as const;
type Format = (typeof formats)[number];

export function addDiff(program: Command, session: Session): void {
  const command = program
    .command('diff')
    .description('show, object by object, what publishing would change in the GitOps repository')
    .option('-o, --output <file>', 'write the report into this file instead of printing it', requireText)
    .option('--exit-code', 'exit with status 2 when there are changes')
    .action(async (options: DiffOptions) => {
      session.status = await diff(options, session);
    });
  addFormatOption(addSelectionOptions(addDeliveryOptions(command)), ...formats);
}

async function diff(options: DiffOptions, session: Session): Promise<ExitStatus> {
  const { prepareRequest } = await import('../delivery.js');
  const { withInterruption } = await import('../interruption.js');
  const { takeResult } = await import('../report.js');
  const { selectionOf } = await import('../selection.js');
  const { isEmptyPlan } = await import('../../gitops/plan/plan.js');
  const { publish } = await import('../../gitops/publish/publish.js');
  const planned = await withInterruption(async (signal) => {
    const { value: request, problems } = await prepareRequest(session, options, selectionOf(options), signal);
    if (request === undefined) return { value: undefined, problems };
    const result = await publish({ ...request, dryRun: true });
    return { value: result.value, problems: [...problems, ...result.problems] };
  });
  const result = takeResult(session, options.directory, planned);
  if (result === undefined) return exitStatus.problems;
  const { plan } = result;
  const report = await format(result, options.format);
  if (options.output === undefined) session.terminal.write(report);
  else await writeFile(session.resolve(options.output), report);
  if (isEmptyPlan(plan)) session.terminal.log('nothing to change');
  return options.exitCode === true && !isEmptyPlan(plan) ? exitStatus.changes : exitStatus.done;
}

/** Only what the format needs is loaded. */
async function format(result: PublishResult, format: Format): Promise<string> {
  if (format === 'html')
    return (await import('../../gitops/report/html.js')).reportAsHtml(result.plan, result);
  const { diffPlan } = await import('../../gitops/plan/diff.js');
  const diff = diffPlan(result.plan);
  switch (format) {
    case 'text':
      return (await import('../../gitops/report/text.js')).reportAsText(diff);
    case 'markdown':
      return (await import('../../gitops/report/markdown.js')).reportAsMarkdown(diff);
    case 'json':
      return (await import('../../gitops/report/json.js')).reportAsJson(diff, result);
  }
}
