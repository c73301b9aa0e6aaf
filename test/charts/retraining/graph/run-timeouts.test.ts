import { planPipeline } from '../../../../charts/retraining/graph/plan-pipeline.js';
import { planRunTimeouts } from '../../../../charts/retraining/graph/run-timeouts.js';
import { duration } from '../../../../config/values/duration.js';
import { model, platform, training } from '../../retraining-fixture.js';

describe('the deadlines of a run', () => {
  test('fit into each other, whatever the training takes', () => {
    for (const timeout of ['1s', '90m', '14d'].map(duration)) {
      for (const retries of [0, 3]) {
        const planned = planRunTimeouts(
          planPipeline({ platform, model, training: { ...training, timeout, retries } }),
        );
        expect(planned.tasks.milliseconds).toBeGreaterThan(timeout.milliseconds * (retries + 1));
        expect(planned.pipeline.milliseconds).toBe(planned.tasks.milliseconds + planned.finally.milliseconds);
      }
    }
  });
});
