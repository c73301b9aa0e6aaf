import type { Model, Workspace } from '../../config/model.js';
import { releaseKey } from '../../config/release.js';
import type { Releases } from '../../config/release.js';
import { digestOf } from './digest.js';

/** Makes keys of what a model's part is made of and judged by. */
export type PartKeys = (model: string, surroundings: string) => string;

/**
 * A part sees its model, the releases of it, what is said about all models, and, when it is judged, what all share. It
 * sees no other model, so that a change of one leaves the others as they are (charts/parts.ts).
 * @param digestOfModel equal for models that are equal, whatever their files say
 */
export function createPartKeys(
  workspace: Workspace,
  releases: Releases,
  digestOfModel: (model: Model) => string,
): PartKeys {
  const { models } = workspace;
  // Where values were written makes no difference to what is rendered.
  const common = { ...workspace, models: undefined, origins: undefined };
  const byName = new Map(models.map((model) => [model.name, model]));
  const base = digestOfValue(common);
  return (name, surroundings) => {
    const model = byName.get(name);
    if (model === undefined) throw new Error(`there is no model ${name}`);
    const released = model.deployments.map(({ environment }) =>
      releases.get(releaseKey(environment.name, name)),
    );
    return digestOfValue([base, surroundings, digestOfModel(model), released]);
  };
}

/** Equal for what renders equally: keys that are absent and keys that are undefined are the same to all charts. */
export function digestOfValue(value: unknown): string {
  return digestOf(JSON.stringify(value, spellOut));
}

/** JSON has no maps, and would take all of them for the same. */
function spellOut(_key: string, value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value;
}
