import type { Gates, MetricGate } from '../config/model.js';

/** Gates with nothing but bounds on metrics. */
export function metricGates(...metrics: readonly MetricGate[]): Gates {
  return {
    metrics,
    fairness: [],
    latency: [],
    champion: { environment: 'test', first: 'fail', data: 'same' },
  };
}
