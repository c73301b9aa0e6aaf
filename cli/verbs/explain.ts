import { basename } from 'node:path';
import type { Command } from 'commander';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addWorkspaceOption } from '../options.js';
import type { WorkspaceOptions } from '../options.js';
import type { Session } from '../session.js';

export function addExplain(program: Command, session: Session): void {
  const command = program
    .command('explain')
    .description('say what a problem code means, or what a model resolves to and where each value comes from')
    .argument('<subject>', 'a problem code, a model, or its file: models/jukebox.yaml')
    .action(async (subject: string, options: WorkspaceOptions) => {
      session.status = await (looksLikeCode(subject)
        ? explainCode(subject, session)
        : explainModel(subject, options, session));
    });
  addWorkspaceOption(command);
}

/** Model names are lower case. */
function looksLikeCode(subject: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(subject);
}

async function explainCode(code: string, session: Session): Promise<ExitStatus> {
  const { problemCodes } = await import('../../problems/codes.js');
  const { suggest } = await import('../../config/suggest.js');
  const known = new Map(Object.entries(problemCodes));
  const explanation = known.get(code);
  if (explanation === undefined) {
    session.terminal.log(
      `There is no problem code ${code}. ${suggest(code, [...known.keys()]).hint ?? ''}`.trim(),
    );
    return exitStatus.problems;
  }
  session.terminal.write(`${code}\n\n${explanation.meaning}\n\n${explanation.cause}\n`);
  return exitStatus.done;
}

async function explainModel(
  subject: string,
  { directory }: WorkspaceOptions,
  session: Session,
): Promise<ExitStatus> {
  const { loadWorkspace } = await import('../../config/load-workspace.js');
  const { explainOrigins } = await import('../model-explanation.js');
  const { checkSelection } = await import('../selection.js');
  const { logProblems } = await import('../report.js');
  const name = basename(subject).replace(/\.ya?ml$/, '');
  const { value: workspace, problems } = loadWorkspace(session.resolve(directory));
  const model = workspace?.models.find((candidate) => candidate.name === name);
  const unknown = workspace === undefined ? [] : checkSelection({ models: [name] }, workspace);
  logProblems(session, directory, [...problems, ...unknown]);
  if (workspace === undefined || model === undefined) return exitStatus.problems;
  session.terminal.write(explainOrigins(workspace, model));
  return exitStatus.done;
}
