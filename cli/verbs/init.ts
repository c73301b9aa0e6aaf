import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { hasErrors } from '../../problems/problem.js';
import type { Checked, Problem } from '../../problems/problem.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { ciFile, ciKinds } from '../ci/ci-file.js';
import type { CiKind } from '../ci/ci-file.js';
import { addWorkspaceOption, requireText } from '../options.js';
import type { WorkspaceOptions } from '../options.js';
import type { Session } from '../session.js';
import type { StarterAnswers, StarterFile } from '../starter.js';

interface InitOptions extends WorkspaceOptions {
  readonly yes?: boolean;
  readonly platform?: string;
  readonly model?: string;
  readonly fromCourse?: string;
  readonly ci?: CiKind;
}

const defaults: StarterAnswers = { platform: 'mlops', model: 'my-model' };

export function addInit(program: Command, session: Session): void {
  const command = program
    .command('init')
    .description('write a workspace to start from; never overwrites a file')
    .option('-y, --yes', 'ask nothing')
    .option('--platform <name>', `name of the platform (default: ${defaults.platform})`, requireText)
    .option('--model <name>', `name of the first model (default: ${defaults.model})`, requireText)
    .addOption(
      new Option('--from-course <tree>', "write what the course's GitOps tree in this folder stands for")
        .argParser(requireText)
        .conflicts(['platform', 'model']),
    )
    .addOption(
      new Option(
        '--ci <kind>',
        'what runs driftloop on changes; in a workspace that is there already, only this file is written (default: github)',
      ).choices(ciKinds),
    )
    .action(async (options: InitOptions) => {
      session.status = await init(options, session);
    });
  addWorkspaceOption(command);
}

async function init(options: InitOptions, session: Session): Promise<ExitStatus> {
  const { logProblems } = await import('../report.js');
  const { value: files = [], problems, from } = await collectFiles(options, session);
  const directory = session.resolve(options.directory);
  const [existing, fresh] = splitByExistence(directory, files);
  const taken = existing.filter(({ own }) => own).map(describeExisting);
  logProblems(session, from, problems);
  if (taken.length > 0) logProblems(session, options.directory, taken);
  if (hasErrors([...problems, ...taken])) return exitStatus.problems;
  await writeFiles(directory, fresh);
  for (const { path } of existing) session.terminal.log(`kept ${path}, which exists already`);
  session.terminal.write(fresh.map(({ path }) => `${path}\n`).join(''));
  if (files.some(({ own }) => own))
    session.terminal.log(
      options.fromCourse === undefined
        ? 'Next: put your own names into these files, then run `driftloop check`.'
        : 'Next: read what was assumed, then run `driftloop check`.',
    );
  return exitStatus.done;
}

/** The files to write, and the folder that their problems are about. */
async function collectFiles(
  options: InitOptions,
  session: Session,
): Promise<Checked<readonly StarterFile[]> & { readonly from: string }> {
  const { writeConverted, writeStarter } = await import('../starter.js');
  const { ci = 'github' } = options;
  if (options.ci !== undefined && hasWorkspace(options, session))
    return { value: [ciFile(ci)], problems: [], from: options.directory };
  if (options.fromCourse === undefined) {
    const answers = await askFor(options, session);
    const problems = await checkAnswers(answers);
    return {
      value: problems.length > 0 ? undefined : writeStarter(answers, ci),
      problems,
      from: options.directory,
    };
  }
  const { convertCourse } = await import('../../config/dialects/course/course.js');
  const { isCourseTree } = await import('../../config/dialects/course/course-tree.js');
  const tree = session.resolve(options.fromCourse);
  if (!isCourseTree(tree))
    return { value: undefined, problems: [noTree(options.fromCourse)], from: options.fromCourse };
  const { value, problems } = convertCourse(tree);
  return { value: value && writeConverted(value, ci), problems, from: options.fromCourse };
}

/** Does the person want a CI file for what is there, and nothing else? */
function hasWorkspace({ directory, platform, model, fromCourse }: InitOptions, session: Session): boolean {
  if (platform !== undefined || model !== undefined || fromCourse !== undefined) return false;
  return existsSync(join(session.resolve(directory), 'driftloop.yaml'));
}

function noTree(folder: string): Problem {
  return {
    code: 'CLI_VALUE_INVALID',
    severity: 'error',
    message: `${folder} is no tree of the course: it has neither \`toolings/<app>/config.yaml\` nor \`model-deployments/<environment>/<app>/config.yaml\`.`,
    hint: 'Name the root of a checkout of `mlops-gitops`.',
  };
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
