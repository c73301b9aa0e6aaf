import type { Command } from 'commander';
import { Option } from 'commander';
import { hasErrors } from '../../problems/problem.js';
import type { Checked } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import type { Rehearsal } from '../../validate/rehearse/rehearsal.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addFormatOption, addWorkspaceOption, requireText } from '../options.js';
import type { WorkspaceOptions } from '../options.js';
import type { RehearsalSubject } from '../rehearsal-report.js';
import type { Session } from '../session.js';

interface RehearseOptions extends WorkspaceOptions {
  readonly env: string;
  readonly payload?: string;
  readonly headers?: string;
  readonly tokenFile?: string;
  readonly expect?: 'run' | 'none';
  readonly format: 'text' | 'json';
}

export function addRehearse(program: Command, session: Session): void {
  const command = program
    .command('rehearse')
    .description('walk an alert or another event through listener, Trigger and template to the PipelineRun')
    .argument('<model>', 'name of the model', requireText)
    .requiredOption('--env <name>', 'environment whose alert it is', requireText)
    .option(
      '--payload <file>',
      'a captured request body (default: samples made from the rendered alert)',
      requireText,
    )
    .option('--headers <file>', 'its headers, `Name: value` per line', requireText)
    .option(
      '--token-file <file>',
      'content of the Secret with the token or the key of signatures (default: what the request presents counts as right)',
      requireText,
    )
    .addOption(
      new Option('--expect <outcome>', 'fail unless this comes of the payload').choices(['run', 'none']),
    )
    .action(async (model: string, options: RehearseOptions) => {
      refuseWithoutPayload(options, command);
      const work = options.payload === undefined ? rehearseSamples : rehearsePayload;
      session.status = await work({ model, environment: options.env }, options, session);
    });
  addFormatOption(addWorkspaceOption(command), 'text', 'json');
  command.addHelpText('after', helpEnding);
}

const helpEnding = `
Without --payload every sample must come to what the contract asks for: the firing alert to one run, everything else
to none. With --payload the status is 1 when the chain is broken: a hop failed, or the run would be invalid. A
payload that is rightly refused (resolved, foreign, without a token) is no failure, unless --expect run asks for one.
The event of a forge or a registry that carries no signature is signed, with the key of --token-file when it is given.`;

/** They are about the payload; samples would silently ignore them. */
function refuseWithoutPayload(
  { payload, headers, tokenFile, expect }: RehearseOptions,
  command: Command,
): void {
  const given = { '--headers': headers, '--token-file': tokenFile, '--expect': expect };
  for (const [option, value] of Object.entries(given)) {
    if (payload === undefined && value !== undefined)
      command.error(`error: option '${option}' needs '--payload <file>'`);
  }
}

async function rehearseSamples(
  subject: RehearsalSubject,
  options: RehearseOptions,
  session: Session,
): Promise<ExitStatus> {
  const { formatSamples } = await import('../rehearsal-report.js');
  const { rehearseSamples: walkSamples } = await import('../../validate/rehearse/rehearse-samples.js');
  const { logProblems, takeResult } = await import('../report.js');
  const manifests = takeResult(session, options.directory, await renderFor(subject, options, session));
  if (manifests === undefined) return exitStatus.problems;
  const rehearsed = walkSamples(manifests, subject.model, subject.environment);
  logProblems(session, options.directory, rehearsed.problems);
  if (options.format === 'json') writeJson(session, { ...subject, ...rehearsed });
  else session.terminal.write(formatSamples(subject, rehearsed.samples));
  return hasErrors(rehearsed.problems) ? exitStatus.problems : exitStatus.done;
}

async function rehearsePayload(
  subject: RehearsalSubject,
  options: RehearseOptions,
  session: Session,
): Promise<ExitStatus> {
  const { describeRehearsal, formatRehearsal, outcomeOf } = await import('../rehearsal-report.js');
  const { takeResult } = await import('../report.js');
  const manifests = takeResult(session, options.directory, await renderFor(subject, options, session));
  if (manifests === undefined) return exitStatus.problems;
  const rehearsal = takeResult(session, options.directory, await walk(manifests, options, session));
  if (rehearsal === undefined) return exitStatus.problems;
  if (options.format === 'json') writeJson(session, describeRehearsal(subject, rehearsal));
  else session.terminal.write(formatRehearsal(subject, rehearsal));
  const outcome = outcomeOf(rehearsal);
  if (options.expect !== undefined && options.expect !== outcome) {
    session.terminal.log(`expected ${options.expect}, came to ${outcome}`);
    return exitStatus.problems;
  }
  return isBroken(rehearsal) ? exitStatus.problems : exitStatus.done;
}

async function renderFor(
  { model, environment }: RehearsalSubject,
  options: RehearseOptions,
  session: Session,
): Promise<Checked<readonly Manifest[]>> {
  const { renderWorkspace } = await import('../pipeline.js');
  const { checkSelection } = await import('../selection.js');
  const { value: rendered, problems } = renderWorkspace(session.resolve(options.directory));
  if (rendered === undefined) return { value: undefined, problems };
  const unknown = checkSelection({ models: [model], environments: [environment] }, rendered.workspace);
  const manifests = [...rendered.units.value].flatMap((unit) => unit.manifests);
  const found = [...problems, ...unknown, ...rendered.units.problems];
  return { value: hasErrors(found) ? undefined : manifests, problems: found };
}

async function walk(
  manifests: readonly Manifest[],
  { payload = '', headers, tokenFile }: RehearseOptions,
  session: Session,
): Promise<Checked<Rehearsal>> {
  const { readCapturedRequest, readToken } = await import('../captured-request.js');
  const { proveRequest } = await import('../../validate/rehearse/prove-request.js');
  const { rehearse } = await import('../../validate/rehearse/rehearse.js');
  const at = (name: string) => ({ name, path: session.resolve(name) });
  const request = readCapturedRequest(at(payload), headers === undefined ? undefined : at(headers));
  const secret = tokenFile === undefined ? { value: undefined, problems: [] } : readToken(at(tokenFile));
  const problems = [...request.problems, ...secret.problems];
  if (request.value === undefined || hasErrors(problems)) return { value: undefined, problems };
  const proven = proveRequest(request.value, secret.value);
  const rehearsal = rehearse(manifests, proven.request, proven.options);
  return { value: rehearsal, problems: [...problems, ...rehearsal.problems] };
}

/** Refusals are the contract at work; failures are not. */
function isBroken({ hops, problems }: Rehearsal): boolean {
  return hops.some(({ outcome }) => outcome === 'failed') || hasErrors(problems);
}

function writeJson(session: Session, value: object): void {
  session.terminal.write(`${JSON.stringify(value, null, 2)}\n`);
}
