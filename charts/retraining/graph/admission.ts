import { admit } from '../../tasks/admit.js';
import { describePolicy } from '../admission-policy.js';
import { formatJson } from '../../tasks/json-param.js';
import { runName, stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** Decides whether there is a run at all. */
export function planAdmission({ platform, model, training }: GraphContext): readonly Stage[] {
  const params = {
    model: model.name,
    run: runName,
    cooldown: String(Math.round(training.cooldown.milliseconds / 1000)),
    policy: formatJson(describePolicy(platform, model, training)),
  };
  return [
    stepStage(admit, params, { results: { admitted: 'admitted', refusal: 'refusal', reason: 'reason' } }),
  ];
}
