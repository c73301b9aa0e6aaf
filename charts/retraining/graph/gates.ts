import { evaluate } from '../../tasks/evaluate.js';
import { stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** Holds what was trained against the model's thresholds. */
export function planGates({ model }: GraphContext): readonly Stage[] {
  if (model.gates.length === 0) return [];
  return [stepStage(evaluate, { gates: JSON.stringify(model.gates) }, { results: { summary: 'metrics' } })];
}
