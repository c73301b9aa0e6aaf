import { record } from '../../tasks/record.js';
import { runName, stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** What happens at the end of every run, whatever became of it. */
export function planAfterwards({ model }: GraphContext): readonly Stage[] {
  return [stepStage(record, { model: model.name, run: runName })];
}
