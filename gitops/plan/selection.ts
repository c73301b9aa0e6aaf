/** What `--env` and `--model` leave of the units; absent lists select everything. */
export interface Selection {
  readonly environments?: readonly string[] | undefined;
  readonly models?: readonly string[] | undefined;
}

/** Units that belong to no environment or no model are selected only where nothing narrows that down. */
export function isSelected(
  unit: { readonly environment: string | undefined; readonly model: string | undefined },
  selection: Selection,
): boolean {
  return includes(selection.environments, unit.environment) && includes(selection.models, unit.model);
}

function includes(names: readonly string[] | undefined, name: string | undefined): boolean {
  return names === undefined || names.length === 0 || (name !== undefined && names.includes(name));
}
