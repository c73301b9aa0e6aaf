import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { parsePullRequestAddress } from '../../gitops/forges/pull-request-address.js';
import type { PullRequestAddress } from '../../gitops/forges/pull-request-address.js';
import type { PublishResult } from '../../gitops/publish/publish-request.js';
import type { DeliveryPlan } from '../../gitops/plan/plan.js';
import type { Checked, Problem } from '../../problems/problem.js';
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
  readonly comment?: PullRequestAddress;
  readonly fullReport?: string;
  readonly format: Format;
}

const formats = ['text', 'json', 'markdown', 'html'] as const;
type Format = (typeof formats)[number];

export function addDiff(program: Command, session: Session): void {
  const command = program
    .command('diff')
    .description('show, object by object, what publishing would change in the GitOps repository')
    .option('-o, --output <file>', 'write the report into this file instead of printing it', requireText)
    .option(
      '--comment <url>',
      'also tell this pull request, in one comment that the next diff replaces; the URL is that of its page',
      requirePullRequest,
    )
    .addOption(
      new Option('--full-report <url>', 'where the comment leads to when it had to be cut').argParser(
        requireText,
      ),
    )
    .option('--exit-code', 'exit with status 2 when there are changes')
    .action(async (options: DiffOptions) => {
      session.status = await diff(options, session);
    });
  addFormatOption(addSelectionOptions(addDeliveryOptions(command)), ...formats);
  command.addHelpText(
    'after',
    '\nEnvironment: DRIFTLOOP_FORGE_TOKEN for --comment; the token must be allowed to comment on the pull request.',
  );
}

function requirePullRequest(value: string): PullRequestAddress {
  const address = parsePullRequestAddress(value);
  if (address === undefined) {
    throw new InvalidArgumentError(
      'It must be the address of a pull request, such as https://git.example.com/mlops/platform/pulls/7.',
    );
  }
  return address;
}

async function diff(options: DiffOptions, session: Session): Promise<ExitStatus> {
  const { withInterruption } = await import('../interruption.js');
  const { takeResult } = await import('../report.js');
  const { isEmptyPlan } = await import('../../gitops/plan/plan.js');
  const planned = await withInterruption((signal) => plan(options, session, signal));
  const result = takeResult(session, options.directory, planned);
  if (result === undefined) return exitStatus.problems;
  const isEmpty = isEmptyPlan(result.plan);
  const report = await format(result, options);
  if (options.output === undefined) session.terminal.write(report);
  else await writeFile(session.resolve(options.output), report);
  if (isEmpty) session.terminal.log('nothing to change');
  return options.exitCode === true && !isEmpty ? exitStatus.changes : exitStatus.done;
}

/** Works out what would change, and tells the pull request. */
async function plan(
  options: DiffOptions,
  session: Session,
  signal: AbortSignal,
): Promise<Checked<PublishResult>> {
  const { prepareRequest } = await import('../delivery.js');
  const { selectionOf } = await import('../selection.js');
  const { publish } = await import('../../gitops/publish/publish.js');
  const ignored = findIgnored(options);
  if (ignored.length > 0) return { value: undefined, problems: ignored };
  const { value: request, problems } = await prepareRequest(session, options, selectionOf(options), signal);
  if (request === undefined) return { value: undefined, problems };
  const comment = await openComment(options, session, request.workspace.platform.name, signal);
  if (comment.value === undefined) return { value: undefined, problems: [...problems, ...comment.problems] };
  const { value, problems: found } = await publish({ ...request, dryRun: true });
  if (value !== undefined) await comment.value(value.plan);
  return { value, problems: [...problems, ...found] };
}

function findIgnored({ fullReport, comment, format }: DiffOptions): readonly Problem[] {
  if (fullReport === undefined || comment !== undefined || format === 'markdown') return [];
  const message = '--full-report says where a comment leads to, and there is none.';
  return [
    {
      code: 'CLI_VALUE_INVALID',
      severity: 'error',
      message,
      hint: 'Leave it out, or add --comment or --format markdown.',
    },
  ];
}

/** What tells the plan to the pull request; whoever has no token is told before anything is rendered. */
async function openComment(
  { comment, fullReport }: DiffOptions,
  session: Session,
  platform: string,
  signal: AbortSignal,
): Promise<Checked<(plan: DeliveryPlan) => Promise<void>>> {
  if (comment === undefined) return { value: () => Promise.resolve(), problems: [] };
  const { commentDiff, openCommentForge } = await import('../diff-comment.js');
  const { diffPlan } = await import('../../gitops/plan/diff.js');
  const { value: forge, problems } = openCommentForge(comment, session, signal);
  if (forge === undefined) return { value: undefined, problems };
  const request = { forge, number: comment.number, platform, fullReport };
  return { value: (plan) => commentDiff(diffPlan(plan), request), problems };
}

/** Only what the format needs is loaded. */
async function format(result: PublishResult, { format, fullReport }: DiffOptions): Promise<string> {
  if (format === 'html')
    return (await import('../../gitops/report/html.js')).reportAsHtml(result.plan, result);
  const { diffPlan } = await import('../../gitops/plan/diff.js');
  const diff = diffPlan(result.plan);
  switch (format) {
    case 'text':
      return (await import('../../gitops/report/text.js')).reportAsText(diff);
    case 'markdown':
      return (await import('../../gitops/report/markdown.js')).reportAsMarkdown(diff, {
        complete: fullReport,
      });
    case 'json':
      return (await import('../../gitops/report/json.js')).reportAsJson(diff, result);
  }
}
