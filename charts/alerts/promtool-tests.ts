import { stringify } from 'yaml';
import type { Action, Detector } from '../../config/model.js';
import { seesRuns } from '../../config/places.js';
import { formatPrometheusDuration } from '../../config/values/duration.js';
import type { Duration } from '../../config/values/duration.js';
import { planAlerts, selectAdmitted, selectEnded } from './alert-rules.js';
import { alertLabels, alertNameOf, alertNames } from '../contract.js';
import { subjectOf } from '../model-in-environment.js';
import type { ModelInEnvironment } from '../model-in-environment.js';
import { feedDetector, repeatSample } from './promtool-inputs.js';
import type { InputSeries, Phase } from './promtool-inputs.js';

/**
 * A unit-test file for `promtool test rules`: what the rules of a model do when nothing happens, when a bound is
 * violated, when the metric flaps, and when it is missing.
 *
 * @param rulesFile path of the rules, `{groups: …}` of the PrometheusRule's spec, as promtool finds it
 */
export function promtoolTests(context: ModelInEnvironment, rulesFile: string): string {
  const { interval } = context.platform.alerting;
  const tests = [
    testHealth(context),
    ...context.deployment.detectors.flatMap((detector) => [
      testViolation(context, detector),
      ...testFlap(context, detector),
      ...testMissing(context, detector),
      ...testWindow(context, detector),
    ]),
    ...testRunDeadline(context),
    ...testFailedRun(context),
  ];
  return stringify(
    {
      rule_files: [rulesFile],
      evaluation_interval: formatPrometheusDuration(interval),
      tests: tests.map(({ name, inputs, checks }) => ({
        name,
        interval: formatPrometheusDuration(interval),
        input_series: inputs,
        promql_expr_test: checks.map((check) => formatCheck(check, interval)),
      })),
    },
    { lineWidth: 0 },
  );
}

interface UnitTest {
  readonly name: string;
  readonly inputs: readonly InputSeries[];
  readonly checks: readonly Check[];
}

/** Does an alert fire at an evaluation? */
interface Check {
  readonly alert: string;
  readonly evaluation: number;
  readonly fires: boolean;
}

/** Evaluations before something happens. */
const calm = 3;

function testHealth(context: ModelInEnvironment): UnitTest {
  const end = calm + lastEvaluation(context);
  return {
    name: 'without a violation no alert fires',
    inputs: feedAll(context, undefined, [{ health: 'good', evaluations: end + 1 }]),
    checks: Object.values(alertNames).map((alert) => ({ alert, evaluation: end, fires: false })),
  };
}

function testViolation(context: ModelInEnvironment, detector: Detector): UnitTest {
  const checks = detector.actions.flatMap((action) => {
    const firing = calm + evaluationsToFire(context, detector, action);
    return [
      { alert: alertNameOf(action), evaluation: firing - 1, fires: false },
      { alert: alertNameOf(action), evaluation: firing, fires: true },
    ];
  });
  const silent = listActions.filter((action) => !detector.actions.includes(action));
  const end = Math.max(...checks.map(({ evaluation }) => evaluation));
  return {
    name: `a violation of ${detector.name} that lasts raises its alerts and no others`,
    inputs: feedAll(context, detector, [
      { health: 'good', evaluations: calm },
      { health: 'bad', evaluations: end + 1 },
    ]),
    checks: [
      ...checks,
      ...silent.map((action) => ({ alert: alertNameOf(action), evaluation: end, fires: false })),
    ],
  };
}

/** A recovery shorter than keep_firing_for belongs to the episode; a longer one ends it. */
function testFlap(context: ModelInEnvironment, detector: Detector): readonly UnitTest[] {
  const hold = evaluationsIn(context.platform.alerting.keepFiringFor, context);
  if (hold < 2) return [];
  return detector.actions.map((action) => {
    const bad = evaluationsToFire(context, detector, action) + 1;
    const flap = calm + bad + hold - 1;
    const again = flap + bad;
    const end = again + hold + (detector.window?.of ?? 0) + 1;
    const alert = alertNameOf(action);
    return {
      name: `a short recovery of ${detector.name} does not end the episode of ${alert}, a long one does`,
      inputs: feedAll(context, detector, [
        { health: 'good', evaluations: calm },
        { health: 'bad', evaluations: bad },
        { health: 'good', evaluations: hold - 1 },
        { health: 'bad', evaluations: bad },
        { health: 'good', evaluations: end },
      ]),
      checks: [flap - 1, flap, again]
        .map((evaluation) => ({ alert, evaluation, fires: true }))
        .concat({
          alert,
          evaluation: end,
          fires: false,
        }),
    };
  });
}

function testMissing(context: ModelInEnvironment, detector: Detector): readonly UnitTest[] {
  const { metricMissing, metricIncomplete } = alertNames;
  const absence = (health: 'missing' | 'nan' | 'incomplete', words: string) => {
    const [told, silent] =
      health === 'incomplete' ? [metricIncomplete, metricMissing] : [metricMissing, metricIncomplete];
    const patience = evaluationsIn(
      findAlert(context, metricMissing, detector)?.for ?? { milliseconds: 0 },
      context,
    );
    const end = calm + patience;
    return {
      name: `${words} of ${detector.name} is told and starts nothing`,
      inputs: feedAll(context, detector, [{ health, evaluations: calm + end }]),
      checks: [
        { alert: told, evaluation: patience - 1, fires: false },
        { alert: told, evaluation: end, fires: true },
        ...[silent, ...listActions.map(alertNameOf)].map((alert) => ({
          alert,
          evaluation: end,
          fires: false,
        })),
      ],
    };
  };
  // A rate over a window without requests is no value, so only a gauge can tell NaN from nothing.
  return [
    absence('missing', 'no sample'),
    ...(detector.source.kind === 'gauge' ? [absence('nan', 'NaN')] : []),
    ...(detector.source.kind === 'gauge' && detector.features.length > 1
      ? [absence('incomplete', 'a missing feature')]
      : []),
  ];
}

/** People have an alert per detector, the listener has one for all of them. */
function findAlert(context: ModelInEnvironment, alert: string, detector: Detector) {
  return planAlerts(context).find(
    (rule) => rule.alert === alert && (rule.labels[alertLabels.detector] ?? detector.name) === detector.name,
  );
}

/** One violation less than the window asks for is none, however often it happens. */
function testWindow(context: ModelInEnvironment, detector: Detector): readonly UnitTest[] {
  const { window } = detector;
  if (window === undefined) return [];
  const rounds = Math.ceil((lastEvaluation(context) + calm) / window.of) + 1;
  return [window.violated - 1, window.violated].map((bad) => ({
    name: `${bad} of ${window.of} violations of ${detector.name} again and again ${bad < window.violated ? 'raise nothing' : 'raise its alerts'}`,
    inputs: feedAll(
      context,
      detector,
      Array.from({ length: rounds }).flatMap(() => [
        { health: 'bad' as const, evaluations: bad },
        { health: 'good' as const, evaluations: window.of - bad },
      ]),
    ),
    checks: detector.actions.map((action) => ({
      alert: alertNameOf(action),
      evaluation: rounds * window.of - 1,
      fires: bad === window.violated,
    })),
  }));
}

/** A retrain alert is told when no admit task finishes, whatever ran before. */
function testRunDeadline(context: ModelInEnvironment): readonly UnitTest[] {
  const detector = context.deployment.detectors.find(({ actions }) => actions.includes('retrain'));
  if (detector === undefined || !seesRuns(context.deployment.environment)) return [];
  // Longer than the window in which a run counts, or every count would look new.
  const before = 2 * evaluationsIn(context.platform.alerting.runDeadline, context) + 4;
  const firing = before + evaluationsToFire(context, detector, 'retrain');
  const deadline = firing + evaluationsIn(context.platform.alerting.runDeadline, context) + 1;
  const counters = [
    { counter: '', name: 'no run there ever was', fires: true },
    { counter: repeatSample('7', deadline + 2), name: 'runs of other days only', fires: true },
    { counter: `_x${firing + 1} ${repeatSample('1', deadline)}`, name: 'the first run ever', fires: false },
    {
      counter: `${repeatSample('7', firing + 1)} ${repeatSample('8', deadline)}`,
      name: 'one run more',
      fires: false,
    },
  ];
  return counters.map(({ counter, name, fires }) => ({
    name: `a retrain alert with ${name} is ${fires ? 'told' : 'fine'}`,
    inputs: [
      ...feedAll(context, detector, [
        { health: 'good', evaluations: before },
        { health: 'bad', evaluations: deadline + 2 },
      ]),
      ...(counter === '' ? [] : [{ series: selectAdmitted(context, 'namespace'), values: counter }]),
    ],
    checks: [{ alert: alertNames.retrainNotStarted, evaluation: deadline, fires }],
  }));
}

/** A failure is told whether it is the first one or one of many, and old ones are not told again. */
function testFailedRun(context: ModelInEnvironment): readonly UnitTest[] {
  if (!planAlerts(context).some(({ alert }) => alert === alertNames.runFailed)) return [];
  // A count that is there from the beginning looks new; its alert must be over before something happens.
  const before = evaluationsIn({ milliseconds: 90 * 60_000 }, context);
  const counters = [
    { counter: `_x${before} ${repeatSample('1', 4)}`, name: 'the first failed run ever', fires: true },
    {
      counter: `${repeatSample('7', before + 1)} ${repeatSample('8', 4)}`,
      name: 'one failed run more',
      fires: true,
    },
    { counter: repeatSample('7', before + 5), name: 'failed runs of other days', fires: false },
  ];
  return counters.map(({ counter, name, fires }) => ({
    name: `${name}: ${fires ? 'told' : 'not told again'}`,
    inputs: [
      ...feedAll(context, undefined, [{ health: 'good', evaluations: before + 5 }]),
      { series: selectEnded(context, 'failed', 'namespace'), values: counter },
    ],
    checks: [
      { alert: alertNames.runFailed, evaluation: before - 1, fires: false },
      { alert: alertNames.runFailed, evaluation: before + 3, fires },
    ],
  }));
}

const listActions: readonly Action[] = ['notify', 'retrain'];

/** Feeds one detector these phases, and all others good values for as long. */
function feedAll(
  context: ModelInEnvironment,
  subject: Detector | undefined,
  phases: readonly Phase[],
): readonly InputSeries[] {
  const length = phases.reduce((sum, { evaluations }) => sum + evaluations, 0);
  const fine: readonly Phase[] = [{ health: 'good', evaluations: length }];
  const fed = context.deployment.detectors.flatMap((detector) =>
    feedDetector(subjectOf(context), detector, detector === subject ? phases : fine),
  );
  // Two detectors may watch one metric; the series of the detector under test then counts for both.
  const own = subject === undefined ? [] : feedDetector(subjectOf(context), subject, phases);
  const inputs = new Map(fed.map((input) => [input.series, input]));
  for (const input of own) inputs.set(input.series, input);
  return [...inputs.values()];
}

/** Evaluations from the first violation to the one at which the action's alert fires. */
function evaluationsToFire(context: ModelInEnvironment, detector: Detector, action: Action): number {
  const shortest = findAlert(context, alertNameOf(action), detector)?.for ?? { milliseconds: 0 };
  const wait = { milliseconds: detector.for.milliseconds - shortest.milliseconds };
  const counted = (detector.window?.violated ?? 1) - 1;
  return counted + evaluationsIn(wait, context) + evaluationsIn(shortest, context);
}

/** An evaluation at which everything that could fire has fired. */
function lastEvaluation(context: ModelInEnvironment): number {
  return Math.max(
    ...context.deployment.detectors.flatMap((detector) =>
      detector.actions.map((action) => evaluationsToFire(context, detector, action)),
    ),
    ...planAlerts(context).map((alert) => evaluationsIn(alert.for ?? { milliseconds: 0 }, context)),
  );
}

function evaluationsIn(span: Duration, context: ModelInEnvironment): number {
  return Math.ceil(span.milliseconds / context.platform.alerting.interval.milliseconds);
}

function formatCheck(check: Check, interval: Duration) {
  return {
    // Two detectors may watch one metric, and then both are told.
    expr: `count(count by (alertname) (ALERTS{alertname="${check.alert}",alertstate="firing"}))`,
    eval_time: formatPrometheusDuration({ milliseconds: check.evaluation * interval.milliseconds }),
    exp_samples: check.fires ? [{ labels: '{}', value: 1 }] : [],
  };
}
