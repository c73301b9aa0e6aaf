import type { Command } from 'commander';
import { exitStatus } from '../exit-status.js';
import type { ExitStatus } from '../exit-status.js';
import { addReleasesOption, addSelectionOptions, addWorkspaceOption } from '../options.js';
import type { ReleasesOptions, SelectionOptions, WorkspaceOptions } from '../options.js';
import type { Session } from '../session.js';

interface SynthOptions extends WorkspaceOptions, SelectionOptions, ReleasesOptions {
  readonly output?: string;
  readonly stdout?: boolean;
  readonly promtoolTests?: string;
}

export function addSynth(program: Command, session: Session): void {
  const command = program
    .command('synth')
    .description('render to a directory, which is replaced as a whole once everything is valid')
    .option('-o, --output <directory>', 'where to write (default: dist)')
    .option(
      '--promtool-tests <directory>',
      'also write rules and their unit tests for `promtool test rules` there',
    )
    .option('--stdout', 'print the manifests as one YAML stream instead')
    .action(async (options: SynthOptions) => {
      session.status = await (options.stdout === true ? print(options, session) : write(options, session));
    });
  addReleasesOption(addSelectionOptions(addWorkspaceOption(command)));
  command.addHelpText('after', '\nThe directory must hold nothing that driftloop did not write.');
}

async function write(options: SynthOptions, session: Session): Promise<ExitStatus> {
  const { synthesizeWorkspace } = await import('../synthesis.js');
  const { selectionOf } = await import('../selection.js');
  const { logProblems } = await import('../report.js');
  const output = options.output ?? 'dist';
  const { value: files, problems } = await synthesizeWorkspace({
    directory: session.resolve(options.directory),
    output: session.resolve(output),
    releases: session.resolveOptional(options.releases),
    selection: selectionOf(options),
    promtoolTests: session.resolveOptional(options.promtoolTests),
  });
  logProblems(session, options.directory, problems);
  if (files === undefined) return exitStatus.problems;
  session.terminal.log(`${files.length} files in ${output}`);
  return exitStatus.done;
}

async function print(options: SynthOptions, session: Session): Promise<ExitStatus> {
  const { renderSelected } = await import('../synthesis.js');
  const { selectionOf } = await import('../selection.js');
  const { logProblems } = await import('../report.js');
  const releases = session.resolveOptional(options.releases);
  const directory = session.resolve(options.directory);
  const { value: rendered, problems } = renderSelected({
    directory,
    releases,
    selection: selectionOf(options),
  });
  logProblems(session, options.directory, problems);
  if (rendered === undefined) return exitStatus.problems;
  const { emitManifests } = await import('../../synth/emit.js');
  const objects = rendered.units.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  session.terminal.write(emitManifests(objects));
  return exitStatus.done;
}
