import { planUnits } from '../charts/units.js';
import type { Workspace } from '../config/model.js';
import type { Releases } from '../config/release.js';
import type { CommitStatus } from '../gitops/forges/forge.js';
import type { Belonging } from '../gitops/plan/selection.js';
import { hasErrors } from '../problems/problem.js';
import { renderUnits } from '../synth/render.js';
import { rehearseSamplesOn } from '../validate/rehearse/rehearse-samples.js';
import { prepareStage } from '../validate/rehearse/stage.js';

/**
 * Rehearses every model of some units that an alert can retrain, for a status of their commit. Units are rendered once
 * more for it, because nobody keeps them.
 */
export function rehearseUnits(
  workspace: Workspace,
  releases: Releases,
  units: readonly Belonging[],
): CommitStatus | undefined {
  const manifests = [...renderUnits(planUnits(workspace, releases))].flatMap((unit) => unit.manifests);
  const stage = prepareStage(manifests);
  let [rehearsed, broken] = [0, 0];
  for (const { environment, model } of units) {
    if (environment === undefined || model === undefined) continue;
    const { samples, problems } = rehearseSamplesOn(stage, model, environment);
    if (samples.length === 0) continue;
    rehearsed += 1;
    if (hasErrors(problems)) broken += 1;
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
