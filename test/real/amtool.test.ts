import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../synth/manifest.js';
import {
  contextOf,
  errors,
  everyKind,
  jukebox,
  renderNotifications,
  renderRoutes,
} from '../charts/alert-fixture.js';
import { makeAlertmanagerYaml } from './alertmanager-yaml.js';
import { describeWith } from './binaries.js';
import { makeScratch } from './servers.js';

describeWith(['amtool'], 'amtool', ({ amtool }) => {
  const scratch = makeScratch();
  afterAll(() => {
    scratch.remove();
  });

  function run(configs: readonly KubernetesObject[], ...args: readonly string[]) {
    const file = join(scratch.path, 'alertmanager.yaml');
    writeFileSync(file, makeAlertmanagerYaml(configs, { secret: () => 'https://hooks.example.com/x' }));
    const all = args.map((argument) => (argument === 'FILE' ? file : argument));
    const { status, stdout, stderr } = spawnSync(amtool, all, { encoding: 'utf8' });
    return { status, output: stdout.trim(), complaint: stderr };
  }

  const other: KubernetesObject = {
    ...renderRoutes(everyKind),
    metadata: { name: 'other', namespace: 'mlops-test' },
  };

  test.each([
    ['the jukebox', [renderRoutes(jukebox), renderNotifications(jukebox)]],
    ['every kind of detector', [renderRoutes(everyKind), renderNotifications(everyKind)]],
    ['a model that nothing retrains', [renderNotifications(contextOf([errors]))]],
    ['two models of a namespace', [renderRoutes(everyKind), other]],
  ])('accepts the routes of %s', (_, configs) => {
    expect(run(configs, 'check-config', 'FILE')).toMatchObject({ status: 0 });
  });

  const labels = {
    alertname: 'ModelRetrain',
    namespace: 'mlops-test',
    driftloop_model: 'jukebox',
    driftloop_environment: 'test',
    driftloop_action: 'retrain',
  };

  const route = (changes: Partial<typeof labels>) =>
    run(
      [renderRoutes(everyKind), renderNotifications(everyKind)],
      'config',
      'routes',
      'test',
      '--config.file',
      'FILE',
      ...Object.entries({ ...labels, ...changes }).map(([label, value]) => `${label}=${value}`),
    ).output;

  test('a retrain alert goes to the listener and to nobody else of ours', () => {
    expect(route({})).toBe('mlops-test/jukebox/retrain');
  });

  test('an alert for people goes to all of them and not to the listener', () => {
    const people = 'mlops-test/jukebox.notify/notify-archive,mlops-test/jukebox.notify/notify-team-chat';
    expect(route({ alertname: 'ModelViolation', driftloop_action: 'notify' })).toBe(people);
    expect(route({ alertname: 'ModelMetricMissing', driftloop_action: 'notify' })).toBe(people);
  });

  test.each([
    ['of another namespace', { namespace: 'mlops-prod' }],
    ['of another model', { driftloop_model: 'other' }],
    ['of another environment', { driftloop_environment: 'prod' }],
  ])('an alert %s passes by', (_, change) => {
    expect(route(change)).toBe('null');
  });

  test.each([
    ['without our action', { driftloop_action: 'rollback' }, 'null'],
    ['of another name that calls itself retrain', { alertname: 'Watchdog' }, 'mlops-test/jukebox/none'],
  ])('an alert of this model %s starts nothing', (_, change, receiver) => {
    expect(route(change)).toBe(receiver);
  });
});
