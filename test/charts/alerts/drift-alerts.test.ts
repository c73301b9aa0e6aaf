import { parse } from 'yaml';
import { recordDetector, windowRange } from '../../../charts/alerts/detector-rules.js';
import { planRules } from '../../../charts/alerts/drift-alerts.js';
import { promtoolTests } from '../../../charts/alerts/promtool-tests.js';
import type { AlertingRule, RecordingRule } from '../../../charts/alerts/rules.js';
import type { Detector } from '../../../config/model.js';
import { checkPromql } from '../../../config/values/promql.js';
import { duration } from '../../../config/values/duration.js';
import {
  contextOf,
  errors,
  everyKind,
  fairness,
  jukebox,
  meanshift,
  own,
  renderAlerts,
} from '../alert-fixture.js';
import { expectGolden } from '../expect-golden.js';

const subject = { model: 'jukebox', environment: 'test', namespace: 'mlops-test' };

function record(detector: Detector): readonly RecordingRule[] {
  return recordDetector(subject, detector, duration('30s'));
}

function alertsOf(detectors: readonly Detector[]): readonly AlertingRule[] {
  return planRules(contextOf(detectors)).rules.flatMap((rule) => ('alert' in rule ? [rule] : []));
}

function alertOf(name: string, detectors: readonly Detector[]): AlertingRule {
  const found = alertsOf(detectors).find(({ alert }) => alert === name);
  if (found === undefined) throw new Error(`no alert ${name}`);
  return found;
}

describe('the rendered PrometheusRule', () => {
  test('of the jukebox is that of the golden file', () => {
    expectGolden('drift-alerts-jukebox.yaml', [renderAlerts(jukebox)]);
  });

  test('of every kind of detector is that of the golden file', () => {
    expectGolden('drift-alerts-every-kind.yaml', [renderAlerts(everyKind)]);
  });

  test('holds no value that Kubernetes would drop or that is empty', () => {
    expect(JSON.stringify(renderAlerts(everyKind))).not.toMatch(/null|:""|:\[\]|:\{\}/);
  });
});

describe('recorded series', () => {
  test('every detector records the same vocabulary, and only static labels besides the feature', () => {
    for (const detector of everyKind.deployment.detectors) {
      const rules = record(detector);
      const names = new Set(rules.map((rule) => rule.record));
      for (const name of ['value', 'threshold', 'violated', 'state']) {
        expect(names).toContain(`driftloop:detector:${name}`);
      }
      for (const { labels } of rules) {
        expect(labels).toMatchObject({
          namespace: 'mlops-test',
          driftloop_model: 'jukebox',
          driftloop_environment: 'test',
          driftloop_detector: detector.name,
        });
      }
    }
  });

  test('a bound has one threshold series, two bounds have two', () => {
    const bounds = (detector: Detector) =>
      record(detector)
        .filter(({ record }) => record.endsWith(':threshold'))
        .map(({ labels, expression }) => `${labels.driftloop_bound ?? ''} ${expression}`);
    expect(bounds(meanshift)).toEqual(['lower vector(0.05)']);
    expect(bounds(fairness)).toEqual(['lower vector(-0.1)', 'upper vector(0.1)']);
  });

  test('features of any spelling stay within their matcher', () => {
    const features = ['a"b', 'c\\d', 'e|f', 'g.h', 'i{j}', '$(k)', 'ü😀', 'l\nm'];
    const [value] = record({ ...meanshift, features });
    expect(checkPromql(value?.expression ?? '')).toEqual([]);
    expect(value?.expression).toContain('subcategory=~"a\\"b|c\\\\\\\\d|e\\\\|f|g\\\\.h|i\\\\{j\\\\}');
  });

  test('of several series of a band none is averaged away', () => {
    for (const detector of [fairness, { ...own, bounds: fairness.bounds }]) {
      const [value] = record(detector);
      expect(checkPromql(value?.expression ?? '')).toEqual([]);
      expect(value?.expression).toMatch(/^max [^]*>= 0 - min [^]*or\nmin /);
      expect(value?.expression).not.toMatch(/^avg /m);
    }
  });

  test('a window of n evaluations holds n samples on both sides of the change of Prometheus 3', () => {
    expect(windowRange({ violated: 3, of: 5 }, duration('30s'))).toBe('2m15s');
    expect(windowRange({ violated: 1, of: 1 }, duration('1s'))).toBe('500ms');
  });

  test('numbers are spelled as PromQL reads them', () => {
    for (const limit of [1e-7, -1e21, 0, -0.5, Number.MAX_VALUE, Number.MIN_VALUE]) {
      for (const { expression } of record({ ...meanshift, bounds: { lower: limit, upper: undefined } })) {
        expect(checkPromql(expression)).toEqual([]);
      }
    }
  });

  test('a detector without a bound is our own fault and never rendered', () => {
    expect(() => record({ ...meanshift, bounds: { lower: undefined, upper: undefined } })).toThrow('bound');
  });
});

describe('alerts', () => {
  test('one alert starts runs, however many detectors and features there are; people have one per detector', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ ...meanshift, name: `m${index}` }));
    const names = alertsOf(many).map(({ alert }) => alert);
    expect(names.filter((name) => name === 'ModelRetrain')).toHaveLength(1);
    for (const name of ['ModelViolation', 'ModelMetricMissing', 'ModelMetricIncomplete'])
      expect(names.filter((one) => one === name)).toHaveLength(20);
  });

  test('only the retrain alert asks for a run', () => {
    const asking = alertsOf(everyKind.deployment.detectors).filter(
      ({ labels }) => labels.driftloop_action !== 'notify',
    );
    expect(asking.map(({ alert }) => alert)).toEqual(['ModelRetrain']);
  });

  test('no template stands in a label: it would make every evaluation a new episode', () => {
    for (const { labels } of alertsOf(everyKind.deployment.detectors)) {
      expect(JSON.stringify(labels)).not.toContain('{{');
    }
  });

  test('without a detector that retrains there is no alert for runs', () => {
    expect(alertsOf([errors]).map(({ alert }) => alert)).toEqual(['ModelViolation', 'ModelMetricMissing']);
  });

  test('no detectors, no rules', () => {
    expect(planRules(contextOf([])).rules).toEqual([]);
  });

  test('a detector that must hold longer than the others waits for the difference', () => {
    const alert = alertOf('ModelRetrain', [meanshift, fairness]);
    expect(alert.for).toEqual(duration('10m'));
    expect(alert.expression).toContain('[20m]) == 1 and');
    expect(alert.expression).toContain('offset 20m == 1');
  });

  test("what a user's text says is not expanded as a template", () => {
    const { annotations } = alertOf('ModelMetricMissing', [own]);
    expect(annotations.description).toContain('error {{ "{{" }} of }} the last hour');
  });

  test.each(['ModelViolation', 'ModelRetrain'])(
    'who reads %s reads which run starts, and where to look',
    (name) => {
      const steps = alertOf(name, [meanshift, errors]).annotations.next_steps;
      expect(steps).toContain('This starts a run');
      expect(steps).toContain('Pipeline mlops-toolings/retrain-jukebox');
      expect(steps).toContain(
        'kubectl -n mlops-toolings get pipelineruns -l driftloop.dev/model=jukebox,driftloop.dev/environment=test',
      );
      expect(steps).toContain('its result "reason" says why');
      expect(steps).toContain('releases/test/jukebox.yaml');
    },
  );

  test('nobody is told of a run where none starts', () => {
    const { annotations } = alertOf('ModelViolation', [errors]);
    expect(JSON.stringify(annotations)).not.toMatch(/run|retrain/);
  });

  test('every alert names the owner of the model, and no label does', () => {
    for (const { annotations, labels } of alertsOf(everyKind.deployment.detectors)) {
      expect(annotations.owner).toBe('music-team');
      expect(JSON.stringify(labels)).not.toContain('music-team');
    }
    const { model } = jukebox;
    const ownerless = planRules({ ...jukebox, model: { ...model, owner: undefined } });
    expect(JSON.stringify(ownerless)).not.toContain('owner');
  });

  test('what is violated at once is not said to be so for 0s', () => {
    const { description } = alertOf('ModelViolation', [{ ...meanshift, for: duration('0s') }]).annotations;
    expect(description).toMatch(/below 0\.05\. Now: /);
  });

  test('who looks for a lost run is sent to the log of the filters, the only place a wrong token shows', () => {
    const { next_steps } = alertOf('ModelRetrainNotStarted', [meanshift]).annotations;
    expect(next_steps).toContain(
      'kubectl -n tekton-pipelines logs deployment/tekton-triggers-core-interceptors',
    );
  });
});

describe('promtool unit tests', () => {
  interface TestFile {
    rule_files: string[];
    tests: {
      name: string;
      input_series: { series: string }[];
      promql_expr_test: { exp_samples: object[] }[];
    }[];
  }

  const tests = parse(promtoolTests(everyKind, 'rules.yaml')) as TestFile;

  test('name what they show, each once', () => {
    const names = tests.tests.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('without a violation no alert fires');
    expect(names).toContain('a violation of meanshift that lasts raises its alerts and no others');
    expect(names).toContain('2 of 5 violations of fairness again and again raise nothing');
    expect(names).toContain('a retrain alert with the first run ever is fine');
  });

  test('expect firing and silence, and feed no series twice', () => {
    const expected = tests.tests.flatMap(({ promql_expr_test }) => promql_expr_test);
    expect(expected.some(({ exp_samples }) => exp_samples.length > 0)).toBe(true);
    expect(expected.some(({ exp_samples }) => exp_samples.length === 0)).toBe(true);
    for (const { input_series } of tests.tests) {
      expect(new Set(input_series.map(({ series }) => series)).size).toBe(input_series.length);
    }
    expect(tests.rule_files).toEqual(['rules.yaml']);
  });
});
