import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { promtoolTests } from '../../charts/alerts/promtool-tests.js';
import type { ModelInEnvironment } from '../../charts/model-in-environment.js';
import { duration } from '../../config/values/duration.js';
import { checkPromql } from '../../config/values/promql.js';
import { fieldAt } from '../../validate/fields.js';
import {
  contextOf,
  errors,
  everyKind,
  fairness,
  jukebox,
  latency,
  meanshift,
  own,
  renderAlerts,
} from '../charts/alert-fixture.js';
import { broken, sound } from '../config/values/promql-cases.js';
import { describeWith } from './binaries.js';
import { makeScratch } from './servers.js';

const scenarios: readonly [name: string, context: ModelInEnvironment][] = [
  ['the jukebox', jukebox],
  // Fewer evaluations than with the defaults, because each costs thirty rules.
  [
    'every kind of detector',
    contextOf(everyKind.deployment.detectors, {
      interval: duration('1m'),
      keepFiringFor: duration('8m'),
      runDeadline: duration('6m'),
    }),
  ],
  ['a band', contextOf([{ ...fairness, window: undefined, atLeast: 1, for: duration('1m') }])],
  ['one value without features', contextOf([{ ...own, actions: ['retrain'] }])],
  [
    'features of any spelling',
    contextOf([{ ...meanshift, features: ['a"b', 'c\\d', 'e|f', 'g.h', 'ü 😀'] }]),
  ],
  [
    'an absolute value',
    contextOf([
      {
        ...meanshift,
        source: {
          kind: 'gauge',
          series: 'trustyai_comparemeans',
          labels: { modelId: 'jukebox' },
          featureLabel: 'feature',
          absolute: true,
        },
        bounds: { lower: undefined, upper: 3 },
      },
    ]),
  ],
  ['no wait at all', contextOf([{ ...meanshift, for: duration('0s') }])],
  [
    'odd intervals',
    contextOf(
      [
        { ...meanshift, for: duration('50s') },
        { ...fairness, for: duration('2m5s') },
      ],
      { interval: duration('15s'), keepFiringFor: duration('1m10s'), runDeadline: duration('3m') },
    ),
  ],
];

describeWith(['promtool'], 'promtool', ({ promtool }) => {
  const scratch = makeScratch();
  afterAll(() => {
    scratch.remove();
  });

  function run(command: 'check' | 'test', files: Readonly<Record<string, string>>, subject: string) {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(scratch.path, name), text);
    const { status, stdout, stderr } = spawnSync(promtool, [command, 'rules', subject], {
      cwd: scratch.path,
      encoding: 'utf8',
    });
    return { status, output: stdout + stderr };
  }

  function rulesFile(context: ModelInEnvironment): string {
    return stringify({ groups: fieldAt(renderAlerts(context), 'spec', 'groups') }, { lineWidth: 0 });
  }

  const checkRules = (rules: string) => run('check', { 'rules.yaml': rules }, 'rules.yaml');
  const testRules = (rules: string, tests: string) =>
    run('test', { 'rules.yaml': rules, 'tests.yaml': tests }, 'tests.yaml');

  test.each(scenarios)('accepts the rules of %s, and they do what their unit tests say', (_, context) => {
    expect(checkRules(rulesFile(context))).toMatchObject({ status: 0 });
    const { status, output } = testRules(rulesFile(context), promtoolTests(context, 'rules.yaml'));
    expect(output).not.toContain('FAILED');
    expect(status).toBe(0);
  });

  test('accepts the rules of the golden file', () => {
    expect(checkRules(rulesFile(everyKind))).toMatchObject({ status: 0 });
  });

  test.each<[string, (rules: string) => string]>([
    ['a bound is turned round', (rules) => rules.replace('< bool 0.05', '> bool 0.05')],
    ['the wait is gone', (rules) => rules.replaceAll('for: 10m', 'for: 0s')],
    ['flapping ends the episode', (rules) => rules.replaceAll('keep_firing_for: 30m', 'keep_firing_for: 0s')],
    ['a missing feature is overlooked', (rules) => rules.replace('>= -Inf) < 3', '>= -Inf) < 1')],
    ['a missing metric is overlooked', (rules) => rules.replace('absent(', 'count(')],
    ['old runs count as new ones', (rules) => rules.replaceAll('[20m]) > 0', '[20m]) >= 0')],
  ])('the unit tests notice when %s', (_, spoil) => {
    const rules = rulesFile(jukebox);
    const spoilt = spoil(rules);
    expect(spoilt).not.toBe(rules);
    expect(testRules(spoilt, promtoolTests(jukebox, 'rules.yaml'))).toMatchObject({ status: 1 });
  });

  test('rates of requests become values, and a window without requests becomes none', () => {
    const context = contextOf([errors, latency]);
    const labels = (detector: string) =>
      `driftloop:detector:value{driftloop_detector="${detector}",driftloop_environment="test",driftloop_model="jukebox",namespace="mlops-test"}`;
    const at = (detector: string, time: string, value: number | undefined) => ({
      expr: `driftloop:detector:value{driftloop_detector="${detector}"}`,
      eval_time: time,
      exp_samples: value === undefined ? [] : [{ labels: labels(detector), value }],
    });
    const input = (name: string, more: string, values: string) => ({
      series: `${name}{namespace="mlops-test",service="jukebox"${more}}`,
      values,
    });
    const tests = stringify({
      rule_files: ['rules.yaml'],
      evaluation_interval: '30s',
      tests: [
        {
          interval: '30s',
          input_series: [
            input('requests_total', ',code="200"', '0x20 0+75x20 1500+75x20'),
            input('requests_total', ',code="500"', '_x41 0+25x20'),
            input('request_predict_seconds_bucket', ',le="0.5"', '0x20 0+50x40'),
            input('request_predict_seconds_bucket', ',le="1"', '0x20 0+100x40'),
            input('request_predict_seconds_bucket', ',le="+Inf"', '0x20 0+100x40'),
            input('request_predict_seconds_count', '', '0x20 0+100x40'),
          ],
          promql_expr_test: [
            at('errors', '10m', undefined),
            at('latency', '10m', undefined),
            at('errors', '18m', 0),
            at('errors', '30m', 0.25),
            at('latency', '30m', 0.99),
          ],
        },
      ],
    });
    expect(testRules(rulesFile(context), tests)).toMatchObject({ status: 0 });
  });

  test('of several series of a band the one farthest from its middle counts, so that two sides do not cancel out', () => {
    const ratio = { ...fairness, bounds: { lower: 0.8, upper: 1.25 }, window: undefined };
    const input = (feature: string, request: string, value: number) => ({
      series: `trustyai_spd{namespace="mlops-test",protected="${feature}",request="${request}"}`,
      values: `${value}x4`,
    });
    const recorded = (feature: string, value: number) => ({
      labels: `driftloop:detector:value{driftloop_detector="fairness",driftloop_environment="test",driftloop_model="jukebox",namespace="mlops-test",feature="${feature}"}`,
      value,
    });
    const tests = stringify({
      rule_files: ['rules.yaml'],
      evaluation_interval: '30s',
      tests: [
        {
          interval: '30s',
          input_series: [
            ...[0.5, 1.3].map((value, index) => input('low', `${index}`, value)),
            ...[0.9, 1.6].map((value, index) => input('high', `${index}`, value)),
            ...[1.1, 1.1].map((value, index) => input('twice', `${index}`, value)),
          ],
          promql_expr_test: [
            {
              expr: 'driftloop:detector:value',
              eval_time: '1m',
              exp_samples: [recorded('low', 0.5), recorded('high', 1.6), recorded('twice', 1.1)],
            },
          ],
        },
      ],
    });
    expect(testRules(rulesFile(contextOf([ratio])), tests)).toMatchObject({ status: 0 });
  });

  test('text in annotations is what people are meant to read', () => {
    const tests = stringify({
      rule_files: ['rules.yaml'],
      evaluation_interval: '30s',
      tests: [
        {
          interval: '30s',
          input_series: meanshift.features.map((feature) => ({
            series: `trustyai_meanshift{namespace="mlops-test",model="jukebox",subcategory="${feature}"}`,
            values: feature === 'energy' ? '0.9x40' : '0.0125x40',
          })),
          alert_rule_test: [
            {
              eval_time: '15m',
              alertname: 'ModelViolation',
              exp_alerts: [
                {
                  exp_labels: {
                    driftloop_action: 'notify',
                    driftloop_category: 'drift',
                    driftloop_detector: 'meanshift',
                    driftloop_environment: 'test',
                    driftloop_model: 'jukebox',
                    namespace: 'mlops-test',
                    severity: 'warning',
                  },
                  exp_annotations: {
                    summary: 'The data of model jukebox in test has drifted.',
                    description:
                      'meanshift: p-value of the mean-shift test below 0.05 for 10m. Now: danceability = 0.0125, tempo = 0.0125.',
                    next_steps: [
                      'This starts a run of Pipeline mlops-toolings/retrain-jukebox, named jukebox-test-….',
                      'Look: kubectl -n mlops-toolings get pipelineruns -l driftloop.dev/model=jukebox,driftloop.dev/environment=test,driftloop.dev/started-by=alert',
                      'A run that ends as "Completed" was not admitted; its result "reason" says why.',
                      'To go back to the version before: revert the newest commit of releases/test/jukebox.yaml in https://git.example.com/mlops/gitops.git.',
                    ].join('\n'),
                    owner: 'music-team',
                  },
                },
              ],
            },
          ],
        },
      ],
    });
    expect(testRules(rulesFile(jukebox), tests)).toMatchObject({ status: 0 });
  });

  describe('agrees with our own check of expressions', () => {
    const verdict = (expression: string) =>
      checkRules(stringify({ groups: [{ name: 'a', rules: [{ record: 'b', expr: expression }] }] }))
        .status === 0;

    test.each(sound)('%j is sound', (expression) => {
      expect(checkPromql(expression)).toEqual([]);
      expect(verdict(expression)).toBe(true);
    });

    test.each(broken.map(([expression]) => expression))('%j is broken', (expression) => {
      expect(checkPromql(expression)).not.toEqual([]);
      expect(verdict(expression)).toBe(false);
    });
  });
});
