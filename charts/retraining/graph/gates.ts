import { hasGates } from '../../../config/model-gates.js';
import { evaluate, noRepository } from '../../tasks/evaluate.js';
import { formatGates } from '../../tasks/gates-param.js';
import { stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** Holds what was trained against the model's gates. */
export function planGates({ platform, model }: GraphContext): readonly Stage[] {
  if (!hasGates(model.gates)) return [];
  const { url = noRepository, branch = 'main' } = platform.repository ?? {};
  const params = {
    model: model.name,
    gates: formatGates(model.gates),
    targetRepository: url,
    targetBranch: branch,
  };
  return [stepStage(evaluate, params, { results: { summary: 'metrics' } })];
}
