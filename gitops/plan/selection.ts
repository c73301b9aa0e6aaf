/** What `--env` and `--model` leave of the units, or a part of it; absent lists select everything. */
export interface Selection {
  readonly environments?: readonly string[] | undefined;
  readonly models?: readonly string[] | undefined;
  /** Parts of a delivery: these are another part's. */
  readonly exceptEnvironments?: readonly string[] | undefined;
  readonly exceptModels?: readonly string[] | undefined;
  /**
   * Do entries in the list of units go with their units, so that nothing is applied before it is delivered? Otherwise the
   * list is delivered as a whole, or what units that are new need of it. Default false.
   */
  readonly entries?: boolean | undefined;
}

/** Whose something is: of one environment or model, or of none. */
export interface Belonging {
  readonly environment: string | undefined;
  readonly model: string | undefined;
}

/** Units that belong to no environment or no model are selected only where nothing narrows that down. */
export function isSelected(unit: Belonging, selection: Selection): boolean {
  const { environments, models, exceptEnvironments = [], exceptModels = [] } = selection;
  return (
    includes(environments, unit.environment) &&
    includes(models, unit.model) &&
    !(unit.environment !== undefined && exceptEnvironments.includes(unit.environment)) &&
    !(unit.model !== undefined && exceptModels.includes(unit.model))
  );
}

function includes(names: readonly string[] | undefined, name: string | undefined): boolean {
  return names === undefined || names.length === 0 || (name !== undefined && names.includes(name));
}
