import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

export interface WorkspaceOptions {
  /** Workspace directory, as typed. */
  readonly directory: string;
}

export interface SelectionOptions {
  readonly env?: readonly string[];
  readonly model?: readonly string[];
}

export interface ReleasesOptions {
  readonly releases?: string;
}

/** Refuses an empty value: nearly always a shell variable that is not set, and never what was meant. */
export function requireText(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return value;
}

/** `-C`, as git and make have it. */
export function addWorkspaceOption(command: Command): Command {
  return command.option(
    '-C, --directory <directory>',
    'workspace: the folder with driftloop.yaml',
    requireText,
    '.',
  );
}

/** `--env` and `--model`: repeated, or separated by commas. */
export function addSelectionOptions(command: Command): Command {
  return addEnvironmentOption(command).option(
    '--model <name>',
    'only this model; repeat it, or separate names by commas',
    collect,
  );
}

export function addEnvironmentOption(command: Command): Command {
  return command.option(
    '--env <name>',
    'only this environment; repeat it, or separate names by commas',
    collect,
  );
}

/** `--format`; the first one is the default. */
export function addFormatOption(command: Command, ...formats: readonly [string, ...string[]]): Command {
  return command.addOption(
    new Option('--format <format>', 'how to print the result').choices(formats).default(formats[0]),
  );
}

export function addReleasesOption(command: Command): Command {
  return command.option(
    '--releases <directory>',
    'folder that holds releases/, such as a checkout of the GitOps repository (default: the workspace)',
    requireText,
  );
}

/** No name at all would select everything. */
function collect(names: string, before: readonly string[] = []): readonly string[] {
  const listed = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (listed.length === 0) throw new InvalidArgumentError('It names nothing.');
  return [...before, ...listed];
}
