import type { Command } from 'commander';
import { Option } from 'commander';
import { hasErrors } from '../../problems/problem.js';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addReleasesOption, addSelectionOptions, addWorkspaceOption, requireText } from '../options.js';
import type { ReleasesOptions, SelectionOptions, WorkspaceOptions } from '../options.js';
import type { Session } from '../session.js';

interface SynthOptions extends WorkspaceOptions, SelectionOptions, ReleasesOptions {
  readonly output?: string;
  readonly stdout?: boolean;
  readonly promtoolTests?: string;
  readonly cache: boolean;
}

export function addSynth(program: Command, session: Session): void {
  const command = program
    .command('synth')
    .description('render to a directory, which is replaced as a whole once everything is valid')
    .option('-o, --output <directory>', 'where to write (default: dist)', requireText)
    .option(
      '--promtool-tests <directory>',
      'also write rules and their unit tests for `promtool test rules` there',
      requireText,
    )
    .addOption(
      new Option('--stdout', 'print the manifests as one YAML stream instead').conflicts([
        'output',
        'promtoolTests',
      ]),
    )
    .option('--no-cache', 'render everything anew, and remember nothing of it')
    .action(async (options: SynthOptions) => {
      session.status = await (options.stdout === true ? print(options, session) : write(options, session));
    });
  addReleasesOption(addSelectionOptions(addWorkspaceOption(command)));
  command.addHelpText('after', '\nThe directory must hold nothing that driftloop did not write.');
}

async function write(options: SynthOptions, session: Session): Promise<ExitStatus> {
  const { synthesizeWorkspace } = await import('../synthesis.js');
  const { findUserCache } = await import('../../synth/cache/user-seal.js');
  const { takeResult } = await import('../report.js');
  const output = options.output ?? 'dist';
  const files = takeResult(
    session,
    options.directory,
    await synthesizeWorkspace({
      ...(await requestOf(options, session)),
      output: session.resolve(output),
      promtoolTests: session.resolveOptional(options.promtoolTests),
      userCache: findUserCache(session.terminal.environment),
      ...(options.cache ? {} : { generator: undefined }),
    }),
  );
  if (files === undefined) return exitStatus.problems;
  session.terminal.log(`${files} files in ${output}`);
  return exitStatus.done;
}

async function print(options: SynthOptions, session: Session): Promise<ExitStatus> {
  const { renderSelected } = await import('../render-selected.js');
  const { takeResult } = await import('../report.js');
  const { emitObject, joinDocuments } = await import('../../synth/emit.js');
  const { value: rendering, problems } = renderSelected(await requestOf(options, session));
  const documents: string[] = [];
  for (const { manifests } of rendering?.units.value ?? [])
    documents.push(...manifests.map(({ object }) => emitObject(object)));
  const found = [...problems, ...(rendering?.units.problems ?? [])];
  const value = hasErrors(found) ? undefined : joinDocuments(documents);
  const text = takeResult(session, options.directory, { value, problems: found });
  if (text === undefined) return exitStatus.problems;
  session.terminal.write(text);
  return exitStatus.done;
}

async function requestOf(options: SynthOptions, session: Session) {
  const { selectionOf } = await import('../selection.js');
  return {
    directory: session.resolve(options.directory),
    releases: session.resolveOptional(options.releases),
    selection: selectionOf(options),
    progress: session.progress,
  };
}
