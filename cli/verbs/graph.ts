import type { Command } from 'commander';
import { hasErrors } from '../../problems/problem.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addFormatOption, addWorkspaceOption } from '../options.js';
import type { WorkspaceOptions } from '../options.js';
import type { Session } from '../session.js';

interface GraphOptions extends WorkspaceOptions {
  readonly format: 'mermaid';
}

export function addGraph(program: Command, session: Session): void {
  const command = program
    .command('graph')
    .description('draw the loop of all models, or of some')
    .argument('[model...]', 'names of models (default: all)')
    .action(async (models: readonly string[], options: GraphOptions) => {
      session.status = await graph(models, options, session);
    });
  addFormatOption(addWorkspaceOption(command), 'mermaid');
}

async function graph(
  names: readonly string[],
  { directory }: GraphOptions,
  session: Session,
): Promise<ExitStatus> {
  const { loadWorkspace } = await import('../../config/load-workspace.js');
  const { drawLoop } = await import('../loop-graph.js');
  const { checkSelection } = await import('../selection.js');
  const { logProblems } = await import('../report.js');
  const { value: workspace, problems } = loadWorkspace(session.resolve(directory));
  const found = [
    ...problems,
    ...(workspace === undefined ? [] : checkSelection({ models: names }, workspace)),
  ];
  logProblems(session, directory, found);
  if (workspace === undefined || hasErrors(found)) return exitStatus.problems;
  const models = workspace.models.filter(({ name }) => names.length === 0 || names.includes(name));
  session.terminal.write(drawLoop(workspace, models));
  return exitStatus.done;
}
