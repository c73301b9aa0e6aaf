import { admit } from '../../tasks/admit.js';
import { runName, stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** Decides whether there is a run at all. */
export function planAdmission({ model, training }: GraphContext): readonly Stage[] {
  const params = {
    model: model.name,
    run: runName,
    cooldown: String(Math.round(training.cooldown.milliseconds / 1000)),
  };
  return [stepStage(admit, params, { results: { admitted: 'admitted', reason: 'reason' } })];
}
