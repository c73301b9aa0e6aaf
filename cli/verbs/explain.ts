import { basename } from 'node:path';
import type { Command } from 'commander';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addWorkspaceOption } from '../options.js';
import type { WorkspaceOptions } from '../options.js';
import type { Session } from '../session.js';

/** Whose resolved values can be shown besides those of the models. */
const platformFile = 'driftloop.yaml';

export function addExplain(program: Command, session: Session): void {
  const command = program
    .command('explain')
    .description(
      'say what a problem code means, or what a model or driftloop.yaml resolves to and where each value comes from',
    )
    .argument('<subject>', 'a problem code, a model, its file (models/jukebox.yaml), or driftloop.yaml')
    .action(async (subject: string, options: WorkspaceOptions) => {
      session.status = await (looksLikeCode(subject)
        ? explainCode(subject.toUpperCase(), session)
        : explainValues(subject, options, session));
    });
  addWorkspaceOption(command);
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
