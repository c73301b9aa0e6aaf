import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { Problem } from '../../problems/problem.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addWorkspaceOption, requireText } from '../options.js';
import type { WorkspaceOptions } from '../options.js';
import type { Session } from '../session.js';
import type { StarterAnswers, StarterFile } from '../starter.js';

interface InitOptions extends WorkspaceOptions {
  readonly yes?: boolean;
  readonly platform?: string;
  readonly model?: string;
}

const defaults: StarterAnswers = { platform: 'mlops', model: 'my-model' };

export function addInit(program: Command, session: Session): void {
  const command = program
    .command('init')
    .description('write a workspace to start from; never overwrites a file')
    .option('-y, --yes', 'ask nothing')
    .option('--platform <name>', `name of the platform (default: ${defaults.platform})`, requireText)
    .option('--model <name>', `name of the first model (default: ${defaults.model})`, requireText)
    .action(async (options: InitOptions) => {
      session.status = await init(options, session);
    });
  addWorkspaceOption(command);
}

async function init(options: InitOptions, session: Session): Promise<ExitStatus> {
  const { writeStarter } = await import('../starter.js');
  const { logProblems } = await import('../report.js');
  const answers = await askFor(options, session);
  const problems = await checkAnswers(answers);
  const files = problems.length > 0 ? [] : writeStarter(answers);
  const directory = session.resolve(options.directory);
  const [existing, fresh] = splitByExistence(directory, files);
  problems.push(...existing.filter(({ own }) => own).map(describeExisting));
  logProblems(session, options.directory, problems);
  if (problems.length > 0) return exitStatus.problems;
  await writeFiles(directory, fresh);
  for (const { path } of existing) session.terminal.log(`kept ${path}, which exists already`);
  session.terminal.write(fresh.map(({ path }) => `${path}\n`).join(''));
  session.terminal.log('Next: put your own names into these files, then run `driftloop check`.');
  return exitStatus.done;
}

async function askFor({ yes, platform, model }: InitOptions, session: Session): Promise<StarterAnswers> {
  const { ask } = session.terminal;
  const answer = async (question: string, given: string | undefined, otherwise: string) => {
    if (given !== undefined || yes === true || ask === undefined) return given ?? otherwise;
    return (await ask(`${question} [${otherwise}] `)) || otherwise;
  };
  return {
    platform: await answer('Name of the platform', platform, defaults.platform),
    model: await answer('Name of the first model', model, defaults.model),
  };
}

async function checkAnswers({ platform, model }: StarterAnswers): Promise<Problem[]> {
  const { checkDnsLabel } = await import('../../config/values/names.js');
  const { checkModelName } = await import('../../config/rules/names.js');
  const labels = [
    ['platform', platform, checkDnsLabel(20)(platform)],
    ['model', model, checkDnsLabel(53)(model)],
  ] as const;
  const faults = labels.flatMap(([what, name, fault]) =>
    fault === undefined
      ? []
      : [{ ...fault, message: `The name of the ${what}, \`${name}\`, ${fault.message}.` }],
  );
  const reserved = checkModelName(model, true);
  return [...faults, ...(reserved === undefined ? [] : [reserved])].map(({ message, hint }): Problem => ({
    code: 'CLI_VALUE_INVALID',
    severity: 'error',
    message,
    ...(hint === undefined ? {} : { hint }),
  }));
}

function splitByExistence(
  directory: string,
  files: readonly StarterFile[],
): readonly [existing: readonly StarterFile[], fresh: readonly StarterFile[]] {
  const existing = files.filter(({ path }) => existsSync(join(directory, path)));
  return [existing, files.filter((file) => !existing.includes(file))];
}

function describeExisting({ path }: StarterFile): Problem {
  return {
    code: 'CLI_FILE_EXISTS',
    severity: 'error',
    message: `${path} exists already, and nothing was written.`,
    hint: 'Choose another directory with -C, or move the file away.',
  };
}

async function writeFiles(directory: string, files: readonly StarterFile[]): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text, { flag: 'wx' });
  }
}
