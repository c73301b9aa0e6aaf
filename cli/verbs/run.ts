import type { Command } from 'commander';
import type { ManualRun } from '../../charts/retraining/manual-run.js';
import type { Checked } from '../../problems/problem.js';
import type { CreatedRun } from '../create-run.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addFormatOption, addWorkspaceOption, requireText } from '../options.js';
import type { WorkspaceOptions } from '../options.js';
import type { Session } from '../session.js';

interface RunOptions extends WorkspaceOptions {
  readonly env?: string;
  readonly reason?: string;
  readonly by?: string;
  readonly commit?: string;
  readonly context?: string;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

export function addRun(program: Command, session: Session): void {
  const command = program
    .command('run')
    .description('start the continuous-training run of a model by hand, in the cluster of KUBECONFIG')
    .argument('<model>', 'name of the model', requireText)
    .option(
      '--env <name>',
      'environment the run is for (default: the one that receives releases)',
      requireText,
    )
    .option('--reason <text>', 'why; stands in an annotation of the run', requireText)
    .option('--by <name>', 'who asks (default: $USER)', requireText)
    .option('--commit <commit>', "train this commit of the model's branch (default: its newest)", requireText)
    .option(
      '--context <name>',
      'context of the kubeconfig that leads to the cluster with the toolings (default: the current one)',
      requireText,
    )
    .option('--dry-run', 'print the PipelineRun, create nothing')
    .action(async (model: string, options: RunOptions) => {
      session.status = await run(model, options, session);
    });
  addFormatOption(addWorkspaceOption(command), 'text', 'json');
}

async function run(model: string, options: RunOptions, session: Session): Promise<ExitStatus> {
  const { prepareManualRun } = await import('../manual-run.js');
  const { takeResult } = await import('../report.js');
  const { env, reason, by = session.terminal.environment.USER ?? 'driftloop run', commit } = options;
  const prepared = prepareManualRun(session.resolve(options.directory), {
    model,
    environment: env,
    by,
    reason,
    commit,
  });
  const manualRun = takeResult(session, options.directory, prepared);
  if (manualRun === undefined) return exitStatus.problems;
  if (options.dryRun === true) {
    const { emitObject } = await import('../../synth/emit.js');
    session.terminal.write(isJson(options) ? formatJson(manualRun) : emitObject({ ...manualRun }));
    return exitStatus.done;
  }
  const created = takeResult(session, options.directory, await create(manualRun, options, session));
  if (created === undefined) return exitStatus.problems;
  session.terminal.write(isJson(options) ? formatJson(created.object) : `${created.name} was created.\n`);
  return exitStatus.done;
}

async function create(
  manualRun: ManualRun,
  { context }: RunOptions,
  { terminal }: Session,
): Promise<Checked<CreatedRun>> {
  const { openApiServer } = await import('../../gitops/kubernetes/open-api-server.js');
  const { createRun } = await import('../create-run.js');
  const { withInterruption } = await import('../interruption.js');
  const { environment, cwd: directory } = terminal;
  const { value: server, problems } = openApiServer({ environment, directory, context });
  if (server === undefined) return { value: undefined, problems };
  try {
    return { value: await withInterruption((signal) => createRun(server, manualRun, signal)), problems };
  } finally {
    await server.close();
  }
}

function isJson({ format }: RunOptions): boolean {
  return format === 'json';
}

function formatJson(object: object): string {
  return `${JSON.stringify(object, null, 2)}\n`;
}
