import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Profile, Versions } from '../../config/model-profile.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addFormatOption, addWorkspaceOption } from '../options.js';
import type { WorkspaceOptions } from '../options.js';
import type { ProfileFormat } from '../profile-explanation.js';
import type { Session } from '../session.js';

/** Whose resolved values can be shown besides those of the models. */
const platformFile = 'driftloop.yaml';

interface ExplainOptions extends WorkspaceOptions {
  /** true: the workspace's own. */
  readonly profile?: string | true;
  readonly format: ProfileFormat;
}

export function addExplain(program: Command, session: Session): void {
  const command = program
    .command('explain')
    .description(
      'say what a problem code means, what a model or driftloop.yaml resolves to and where each value comes from, or what a profile can do',
    )
    .argument('[subject]', 'a problem code, a model, its file (models/jukebox.yaml), or driftloop.yaml')
    .option(
      '--profile [name]',
      "what the workspace's profile and versions decide, or those of a profile by name",
    )
    .action(async (subject: string | undefined, options: ExplainOptions) => {
      session.status = await explain(subject, options, session, command);
    });
  addFormatOption(addWorkspaceOption(command), 'text', 'json');
}

function explain(
  subject: string | undefined,
  options: ExplainOptions,
  session: Session,
  command: Command,
): Promise<ExitStatus> {
  if (options.profile !== undefined) {
    if (subject !== undefined)
      command.error(`error: --profile explains no ${subject}; leave one of them out.`);
    return explainProfile(options.profile, options, session);
  }
  if (subject === undefined) command.error('error: name what to explain, or use --profile.');
  if (options.format !== 'text') command.error('error: only --profile has another format than text.');
  return looksLikeCode(subject)
    ? explainCode(subject.toUpperCase(), session)
    : explainValues(subject, options, session);
}

async function explainProfile(
  named: string | true,
  { directory, format }: ExplainOptions,
  session: Session,
): Promise<ExitStatus> {
  const { formatProfile } = await import('../profile-explanation.js');
  const { builtInVersions } = await import('../../config/catalogue/versions.js');
  if (named !== true) {
    const found = Object.entries(builtInVersions).find(([name]) => name === named);
    if (found === undefined) {
      const known = Object.keys(builtInVersions).join(', ');
      session.terminal.log(`There is no profile ${named}. There are ${known}.`);
      return exitStatus.problems;
    }
    const [profile, versions] = found as [Profile, Versions]; // An entry of a Record by profile.
    session.terminal.write(formatProfile(profile, versions, format));
    return exitStatus.done;
  }
  const { loadWorkspace } = await import('../../config/load-workspace.js');
  const { logProblems } = await import('../report.js');
  const { value: workspace, problems } = loadWorkspace(session.resolve(directory));
  logProblems(session, directory, problems);
  if (workspace === undefined) return exitStatus.problems;
  const { profile, versions } = workspace.platform;
  session.terminal.write(formatProfile(profile, versions, format));
  return exitStatus.done;
}

/** Names of models have no underscores; codes have, and may be typed in lower case. */
function looksLikeCode(subject: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(subject) || /^[a-z]+(?:_[a-z]+)+$/.test(subject);
}

async function explainCode(code: string, session: Session): Promise<ExitStatus> {
  const { problemCodes } = await import('../../problems/codes.js');
  const { closest } = await import('../../config/suggest.js');
  const known = new Map(Object.entries(problemCodes));
  const explanation = known.get(code);
  if (explanation === undefined) {
    const near = closest(code, [...known.keys()]);
    const hint =
      near === undefined ? 'docs/reference/problems.md lists them all.' : `Did you mean \`${near}\`?`;
    session.terminal.log(`There is no problem code ${code}. ${hint}`);
    return exitStatus.problems;
  }
  session.terminal.write(`${code}\n\n${explanation.meaning}\n\n${explanation.cause}\n`);
  return exitStatus.done;
}

async function explainValues(
  subject: string,
  { directory }: WorkspaceOptions,
  session: Session,
): Promise<ExitStatus> {
  const { loadWorkspace } = await import('../../config/load-workspace.js');
  const { formatExplanation } = await import('../model-explanation.js');
  const { checkSelection } = await import('../selection.js');
  const { logProblems } = await import('../report.js');
  const file = basename(subject);
  const name = file === platformFile ? file : file.replace(/\.ya?ml$/, '');
  const { value: workspace, problems } = loadWorkspace(session.resolve(directory));
  const models = name === platformFile ? [] : [name];
  const unknown = workspace === undefined ? [] : checkSelection({ models }, workspace);
  logProblems(session, directory, [...problems, ...unknown]);
  if (workspace === undefined || unknown.length > 0) return exitStatus.problems;
  session.terminal.write(formatExplanation(workspace, name));
  return exitStatus.done;
}
