import { planRules } from '../../../charts/alerts/drift-alerts.js';
import { promtoolTests } from '../../../charts/alerts/promtool-tests.js';
import { describeModel } from '../../../charts/dashboards/model-dashboard.js';
import { listAlertClasses } from '../../../config/audience.js';
import type { RemoteCluster } from '../../../config/model.js';
import { objectsOf, pick, prodEnvironment, render, testEnvironment } from '../workspace-fixture.js';
import { eu, onClusters, twoClusters, us } from '../cluster-fixture.js';
import { expectGolden } from '../expect-golden.js';

const units = render(twoClusters);

/** Alerts of the jukebox on a cluster. */
function alertsOn(cluster: RemoteCluster | undefined) {
  const { platform, models } = onClusters({ ...prodEnvironment, cluster });
  const [model] = models;
  const [deployment] = model?.deployments ?? [];
  if (model === undefined || deployment === undefined) throw new Error('no model');
  const context = { platform, model, deployment };
  const { rules } = planRules(context);
  return { context, names: rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : [])) };
}

describe('alerts of another cluster', () => {
  test('go to the address that is exposed, with the token of their cluster and an authority it knows', () => {
    const there = units.filter(({ unit }) => unit.name === 'prod/jukebox');
    expectGolden('cluster-alert-routing.yaml', [pick(there, 'AlertmanagerConfig', 'jukebox')]);
  });

  test('stay within the cluster at home, and show another token', () => {
    const here = units.filter(({ unit }) => unit.name === 'test/jukebox');
    const routing = JSON.stringify(pick(here, 'AlertmanagerConfig', 'jukebox'));
    expect(routing).toContain('http://el-driftloop.mlops-toolings.svc.cluster.local:8080/');
    expect(routing).not.toContain('-eu');
  });

  test('trust the authorities that everybody trusts when none is named', () => {
    const plain = render(onClusters(testEnvironment, { ...prodEnvironment, cluster: us }));
    const routing = pick(
      plain.filter(({ unit }) => unit.environment === 'prod'),
      'AlertmanagerConfig',
      'jukebox',
    );
    expect(JSON.stringify(routing)).not.toContain('tlsConfig');
  });

  test('read an authority from a Secret when it is in one', () => {
    const cluster = { ...eu, ca: { kind: 'Secret' as const, name: 'pki', key: 'tls.crt' } };
    const { spec } = pick(
      render(onClusters({ ...prodEnvironment, cluster })),
      'AlertmanagerConfig',
      'jukebox',
    );
    expect(JSON.stringify(spec)).toContain('"tlsConfig":{"ca":{"secret":{"key":"tls.crt","name":"pki"}}}');
  });

  test('are taken by the listener for what comes from outside alone, by one path', () => {
    const listener = (name: string) =>
      pick(units, 'Trigger', name).metadata.labels?.['driftloop.dev/listener'];
    expect([listener('jukebox.test'), listener('jukebox.prod')]).toEqual(['driftloop', 'driftloop-events']);
    const toolings = units.filter(({ unit }) => unit.name === 'toolings');
    expectGolden('cluster-door.yaml', [
      pick(toolings, 'Ingress', 'driftloop-events'),
      pick(toolings, 'NetworkPolicy', 'driftloop'),
      pick(toolings, 'NetworkPolicy', 'driftloop-events'),
    ]);
  });

  test('show a token that starts no run of another cluster', () => {
    const filter = (name: string) => JSON.stringify(pick(units, 'Trigger', name).spec);
    expect(filter('jukebox.prod')).toContain("compareSecret('token', 'driftloop-token-eu')");
    expect(filter('jukebox.test')).toContain("compareSecret('token', 'driftloop-token')");
  });

  test('open no door when they start no runs', () => {
    const silent = {
      ...twoClusters,
      models: twoClusters.models.map((model) => ({
        ...model,
        deployments: model.deployments.map((deployment) => ({
          ...deployment,
          detectors: deployment.detectors.map((detector) =>
            deployment.environment.cluster === undefined
              ? detector
              : { ...detector, actions: ['notify' as const] },
          ),
        })),
      })),
    };
    expect(objectsOf(render(silent)).map(({ kind }) => kind)).not.toContain('Ingress');
  });
});

describe('ModelRetrainNotStarted', () => {
  test('is left out where Prometheus does not see Tekton, with its test, its hearers and its mark', () => {
    const { context, names } = alertsOn(eu);
    expect(names).toContain('ModelRetrain');
    expect(names).not.toContain('ModelRetrainNotStarted');
    expect(promtoolTests(context, 'rules.yaml')).not.toContain('a retrain alert with');
    expect(listAlertClasses(context.deployment)).not.toContainEqual(
      expect.objectContaining({ category: undefined }),
    );
    expect(describeModel(context).annotations.map(({ name }) => name)).toEqual(['Retraining asked for']);
  });

  test.each([
    ['at home', undefined],
    ['where the metrics of Tekton are brought', us],
  ])('is there %s', (_where, cluster) => {
    const { context, names } = alertsOn(cluster);
    expect(names).toContain('ModelRetrainNotStarted');
    expect(promtoolTests(context, 'rules.yaml')).toContain('a retrain alert with');
    expect(describeModel(context).annotations).toHaveLength(2);
  });

  test('says on another cluster that its commands are for that of the toolings', () => {
    const { context } = alertsOn(us);
    const texts = JSON.stringify(planRules(context).rules);
    expect(texts).toContain('deployment/el-driftloop-events');
    expect(texts).not.toMatch(/kubectl -n/);
    expect(JSON.stringify(planRules(alertsOn(undefined).context).rules)).toMatch(/kubectl -n/);
  });
});
