import { planRunTimeouts } from '../../../charts/retraining/run-timeouts.js';
import { duration } from '../../../config/values/duration.js';
import { training } from '../retraining-fixture.js';

describe('the deadlines of a run', () => {
  test('fit into each other, whatever the training takes', () => {
    for (const timeout of ['1s', '90m', '14d'].map(duration)) {
      for (const retries of [0, 3]) {
        const planned = planRunTimeouts({ ...training, timeout, retries });
        expect(planned.tasks.milliseconds).toBeGreaterThan(timeout.milliseconds * (retries + 1));
        expect(planned.pipeline.milliseconds).toBe(planned.tasks.milliseconds + planned.finally.milliseconds);
      }
    }
  });
});
