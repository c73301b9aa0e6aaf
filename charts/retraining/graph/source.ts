import { runParams } from '../../contract.js';
import { fetchSource } from '../../tasks/fetch-source.js';
import { stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** Pins the run to one commit of the model's source. */
export function planSource({ model }: GraphContext): readonly Stage[] {
  const params = {
    repository: model.source.url,
    branch: `$(params.${runParams.branch})`,
    commit: `$(params.${runParams.commit})`,
  };
  return [stepStage(fetchSource, params, { results: { commit: 'commit' } })];
}
