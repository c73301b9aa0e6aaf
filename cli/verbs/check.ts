import type { Command } from 'commander';
import { hasErrors } from '../../problems/problem.js';
import { count } from '../count.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addFormatOption, addReleasesOption, addWorkspaceOption } from '../options.js';
import type { ReleasesOptions, WorkspaceOptions } from '../options.js';
import type { Session } from '../session.js';

interface CheckOptions extends WorkspaceOptions, ReleasesOptions {
  readonly format: 'text' | 'json' | 'sarif' | 'github';
}

export function addCheck(program: Command, session: Session): void {
  const command = program
    .command('check')
    .description('load, render and validate a workspace, without writing anything')
    .action(async (options: CheckOptions) => {
      session.status = await check(options, session);
    });
  addFormatOption(addReleasesOption(addWorkspaceOption(command)), 'text', 'json', 'sarif', 'github');
}

async function check(options: CheckOptions, session: Session): Promise<ExitStatus> {
  const { renderWorkspace } = await import('../pipeline.js');
  const { logProblems, reportContext, reporters } = await import('../report.js');
  const { followUnits } = await import('../progress.js');
  const { openProven } = await import('../proven.js');
  const { directory, format } = options;
  const folder = session.resolve(directory);
  const releases = session.resolveOptional(options.releases);
  const known = openProven(folder, session.terminal.environment);
  const { value, problems: loading } = renderWorkspace(folder, releases, known);
  const units = value && followUnits(value.units, value.total, session.progress);
  let objects = 0;
  for (const { manifests } of units?.value ?? []) objects += manifests.length;
  const problems = [...loading, ...(units?.problems ?? [])];
  if (format === 'text') logProblems(session, directory, problems);
  else session.terminal.write(reporters[format](problems, reportContext(session, directory)));
  if (format === 'text' && value !== undefined && !hasErrors(problems)) {
    const { models, environments } = value.workspace;
    const counted = [
      count(models.length, 'model'),
      count(environments.length, 'environment'),
      count(objects, 'object'),
    ];
    session.terminal.write(`${counted.join(', ')}: no errors\n`);
    if (value.workspace.platform.repository === undefined)
      session.terminal.log(
        'The workspace names no `repository`: Argo CD is told nothing, and runs release nothing.',
      );
  }
  return hasErrors(problems) ? exitStatus.problems : exitStatus.done;
}
