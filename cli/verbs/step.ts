import type { Command } from 'commander';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { requireText } from '../options.js';
import type { Session } from '../session.js';

export function addStep(program: Command, session: Session): void {
  program
    .command('step')
    .description('run a step of a run here, with the same variables as in the cluster')
    .argument('[name]', 'name of the step (default: list them)', requireText)
    .option('--describe', 'say which variables it takes, and run nothing')
    .addHelpText('after', helpEnding)
    .action(async (name: string | undefined, options: { readonly describe?: boolean }) => {
      session.status = await step(name, options.describe === true, session);
    });
}

const helpEnding = `
A step reads variables only: PARAM_<NAME> for each of its params, STEP_WORKSPACE for the folder that stands for the run's
volume, DRIFTLOOP_GIT_USERNAME and DRIFTLOOP_GIT_PASSWORD for Git. Its results go to the folder STEP_RESULTS, a file each;
without it, to standard output as JSON. Steps that ask the API server of their cluster need a Pod.`;

async function step(name: string | undefined, describe: boolean, session: Session): Promise<ExitStatus> {
  const { describeSteps, runStepProgram } = await import('../step-runner.js');
  const { withInterruption } = await import('../interruption.js');
  if (name === undefined || describe) {
    const told = await withInterruption((signal) => describeSteps(name, session, signal));
    return told === 0 ? exitStatus.done : exitStatus.problems;
  }
  const { status, results } = await withInterruption((signal) => runStepProgram(name, session, signal));
  const says = results !== undefined && Object.keys(results).length > 0;
  if (says) session.terminal.write(`${JSON.stringify(results, null, 2)}\n`);
  return status === 0 ? exitStatus.done : exitStatus.problems;
}
