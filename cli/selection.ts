import { suggest } from '../config/suggest.js';
import type { Workspace } from '../config/model.js';
import type { Selection } from '../gitops/plan/selection.js';
import type { Problem } from '../problems/problem.js';
import type { SelectionOptions } from './options.js';

/** What `--env` and `--model` ask for. */
export function selectionOf(options: SelectionOptions): Selection {
  return { environments: options.env, models: options.model };
}

/** A name that nothing has would select nothing, silently. */
export function checkSelection(selection: Selection, workspace: Workspace): readonly Problem[] {
  return [
    ...checkNames(
      'environment',
      selection.environments ?? [],
      workspace.environments.map(({ name }) => name),
    ),
    ...checkNames(
      'model',
      selection.models ?? [],
      workspace.models.map(({ name }) => name),
    ),
  ];
}

function checkNames(what: string, names: readonly string[], known: readonly string[]): readonly Problem[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      code: 'CLI_UNKNOWN_NAME',
      severity: 'error',
      message: `There is no ${what} \`${name}\` in this workspace.`,
      ...suggest(name, known),
    }));
}
