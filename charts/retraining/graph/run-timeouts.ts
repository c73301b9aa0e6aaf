import { duration } from '../../../config/values/duration.js';
import type { Duration } from '../../../config/values/duration.js';
import type { PipelinePlan, PlannedStage } from './plan-pipeline.js';
import type { Stage } from './stage.js';

/** How long the parts of a run may take; Tekton refuses a run whose parts do not fit into the whole. */
interface RunTimeouts {
  /** All tasks but those in `finally`. */
  readonly tasks: Duration;
  readonly finally: Duration;
  /** Both together. */
  readonly pipeline: Duration;
}

/** Between the tasks: scheduling, and the run's volume. */
const slack = duration('5m').milliseconds;

/** Tekton wants some time for `finally`, also where nothing stands in it. */
const shortestEnd = duration('10m').milliseconds;

/**
 * Every task may use its own deadline in all of its attempts. Without these figures Tekton would stop a run after
 * an hour, whatever the training's own deadline is.
 */
export function planRunTimeouts({ stages, afterwards }: PipelinePlan): RunTimeouts {
  const ends = new Map<string, number>();
  for (const stage of stages) ends.set(stage.name, endOf(stage, ends));
  const tasks = slack + Math.max(0, ...ends.values());
  const end = Math.max(shortestEnd, slack + Math.max(0, ...afterwards.map(longest)));
  return {
    tasks: { milliseconds: tasks },
    finally: { milliseconds: end },
    pipeline: { milliseconds: tasks + end },
  };
}

/** Stages stand behind those they wait for. */
function endOf(stage: PlannedStage, ends: ReadonlyMap<string, number>): number {
  const start = Math.max(0, ...stage.runAfter.map((name) => ends.get(name) ?? 0));
  return start + longest(stage);
}

function longest({ timeout, retries }: Stage): number {
  return timeout.milliseconds * (retries + 1);
}
