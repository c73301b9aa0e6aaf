import { divideByModel } from '../charts/parts.js';
import type { UnitBlueprint } from '../charts/unit.js';
import { planUnits } from '../charts/units.js';
import type { Workspace } from '../config/model.js';
import type { Releases } from '../config/release.js';
import type { CommitStatus } from '../gitops/forges/forge.js';
import type { Belonging } from '../gitops/plan/selection.js';
import { hasErrors } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { renderUnits } from '../synth/render.js';
import { rehearseSamplesOn } from '../validate/rehearse/rehearse-samples.js';
import { prepareStage } from '../validate/rehearse/stage.js';

/**
 * Rehearses every model of some units that an alert can retrain, for a status of their commit. A model is rendered once
 * more for it, because nobody keeps it, and meets what all share and no other model: that nothing of one reaches into
 * another was proven before (validate/references/isolation.ts).
 */
export function rehearseUnits(
  workspace: Workspace,
  releases: Releases,
  units: readonly Belonging[],
): CommitStatus | undefined {
  const [shared, ...parts] = divideByModel(planUnits(workspace, releases));
  const around = renderAll(shared?.units ?? []);
  const environments = environmentsByModel(units);
  let [rehearsed, broken] = [0, 0];
  for (const { model = '', units: own } of parts) {
    const wanted = environments.get(model);
    if (wanted === undefined) continue;
    const stage = prepareStage([...around, ...renderAll(own)]);
    for (const environment of wanted) {
      const { samples, problems } = rehearseSamplesOn(stage, model, environment);
      if (samples.length === 0) continue;
      rehearsed += 1;
      if (hasErrors(problems)) broken += 1;
    }
  }
  if (rehearsed === 0) return undefined;
  const models = `${rehearsed} ${rehearsed === 1 ? 'model' : 'models'}`;
  return broken === 0
    ? { context: 'driftloop/rehearse', state: 'success', description: `alerts of ${models} start their runs` }
    : {
        context: 'driftloop/rehearse',
        state: 'failure',
        description: `alerts of ${broken} of ${models} do not`,
      };
}

function renderAll(units: readonly UnitBlueprint[]): readonly Manifest[] {
  return [...renderUnits(units)].flatMap(({ manifests }) => manifests);
}

function environmentsByModel(units: readonly Belonging[]): ReadonlyMap<string, readonly string[]> {
  const environments = new Map<string, string[]>();
  for (const { environment, model } of units) {
    if (environment === undefined || model === undefined) continue;
    environments.set(model, [...(environments.get(model) ?? []), environment]);
  }
  return environments;
}
