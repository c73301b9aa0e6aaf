import type { Check, Training } from '../../config/model.js';
import { duration } from '../../config/values/duration.js';
import type { Duration } from '../../config/values/duration.js';
import { taskContracts } from './retraining-tasks.js';

/** How long the parts of a run may take; Tekton refuses a run whose parts do not fit into the whole. */
interface RunTimeouts {
  /** All tasks but those in `finally`. */
  readonly tasks: Duration;
  readonly finally: Duration;
  /** Both together. */
  readonly pipeline: Duration;
}

/** Between the tasks: scheduling, and the run's volume. */
const slack = duration('5m');

const afterwards = duration('10m');

/**
 * Every task may use its own deadline in all of its attempts. Without these figures Tekton would stop a run after
 * an hour, whatever the training's own deadline is.
 */
export function planRunTimeouts(training: Training, checks: readonly Check[] = []): RunTimeouts {
  // Checks run side by side.
  const checking = Math.max(0, ...checks.map(({ timeout }) => timeout.milliseconds));
  const first = slack.milliseconds + checking;
  const work = [training, ...taskContracts].reduce((sum, task) => sum + longest(task), first);
  return {
    tasks: { milliseconds: work },
    finally: afterwards,
    pipeline: { milliseconds: work + afterwards.milliseconds },
  };
}

function longest(task: { readonly timeout: Duration; readonly retries: number }): number {
  return task.timeout.milliseconds * (task.retries + 1);
}
