import type { Manifest } from '../../synth/manifest.js';
import { validateReferences } from '../../validate/references.js';
import { onOpenShift } from '../charts/openshift-fixture.js';
import { jukeboxWorkspace, withModels, serve, server } from '../charts/workspace-fixture.js';
import {
  goodManifests,
  names,
  manyManifests,
  mutate,
  renderAll,
  withObject,
  without,
} from './good-manifests.js';
import type { Changes } from './good-manifests.js';
import { codesOf, summarize } from './problems.js';

const { trigger } = names;
const filter = 'spec.interceptors[0].params[0].value';

/** AlertmanagerConfig and PrometheusRule of test come before those of prod. */
function change(kind: string, name: string, changes: Changes): readonly string[] {
  return summarize(validateReferences(mutate(kind, name, changes)));
}

describe('references', () => {
  test('what the charts render is fine', () => {
    expect(validateReferences(goodManifests)).toEqual([]);
    expect(validateReferences(manyManifests)).toEqual([]);
    expect(validateReferences([])).toEqual([]);
  });

  describe('the way of an alert', () => {
    test('no route takes it', () => {
      expect(codesOf(validateReferences(without('AlertmanagerConfig')))).toEqual([
        'REFERENCE_ALERT_UNROUTED',
      ]);
      const problems = change('AlertmanagerConfig', 'jukebox', {
        'spec.route.routes[0].matchers[1].value': 'retrian',
      });
      expect(problems[0]).toMatch(
        /^REFERENCE_ALERT_UNROUTED spec\.groups\[\d+\]\.rules\[\d+\]: alert ModelRetrain asks/,
      );
      expect(problems).toHaveLength(1);
    });

    test('its namespace is not that of the route, which the operator forces', () => {
      const problems = change('AlertmanagerConfig', 'jukebox', { 'metadata.namespace': 'mlops-other' });
      expect(problems.map((problem) => problem.split(' ')[0])).toContain('REFERENCE_ALERT_UNROUTED');
    });

    test('an earlier route takes it away', () => {
      const catchAll = {
        receiver: 'none',
        matchers: [{ name: 'alertname', matchType: '=~', value: 'Model.*' }],
      };
      const routes = { 'spec.route.routes': [catchAll] };
      expect(codesOf(validateReferences(mutate('AlertmanagerConfig', 'jukebox', routes)))).toEqual([
        'REFERENCE_ALERT_UNROUTED',
      ]);
    });

    test.each([
      ['=~', 'Model(Retrain|Nothing)', []],
      ['=~', 'Retrain', ['REFERENCE_ALERT_UNROUTED']],
      ['!=', 'ModelViolation', []],
      ['!~', '(?i)modelRETRAIN', ['REFERENCE_ALERT_UNROUTED']],
    ])('a matcher %s %s is anchored and read as RE2', (matchType, value, codes) => {
      const matcher = { 'spec.route.routes[0].matchers[0]': { name: 'alertname', matchType, value } };
      expect(codesOf(validateReferences(mutate('AlertmanagerConfig', 'jukebox', matcher)))).toEqual(codes);
    });

    test('the filter excludes it', () => {
      expect(
        change('Trigger', trigger, { [filter]: "body.groupLabels['driftloop_model'] == 'other'" })[0],
      ).toMatch(
        /^REFERENCE_ALERT_UNHEARD .*: alert ModelRetrain reaches EventListener mlops-toolings\/driftloop, but no Trigger takes it\.$/,
      );
    });

    test('a filter that looks at the hour is tried at every hour of a week', () => {
      const night = `timestamp(body.alerts[0].startsAt).getHours() == 3 && timestamp(body.alerts[0].startsAt).getDayOfWeek() == 0 && body.groupLabels['driftloop_model'] == 'jukebox' && body.groupLabels['namespace'] == 'mlops-test' && header.canonical('authorization').replace('Bearer ', '').compareSecret('token', 'driftloop-token')`;
      expect(change('Trigger', trigger, { [filter]: night })).toEqual([]);
    });

    test('two Triggers take it', () => {
      const twin = goodManifests.find(({ object }) => object.metadata.name === trigger);
      if (twin === undefined) throw new Error('no Trigger');
      const object = { ...twin.object, metadata: { ...twin.object.metadata, name: 'twin' } };
      expect(summarize(validateReferences(withObject(object)))[0]).toMatch(
        /^REFERENCE_ALERT_TWICE .*: alert ModelRetrain starts 2 runs: jukebox.*, twin\.$/,
      );
    });

    test('the token is another than the one that is compared', () => {
      const credentials = {
        'spec.receivers[1].webhookConfigs[0].httpConfig.authorization.credentials.key': 'tokne',
      };
      expect(change('AlertmanagerConfig', 'jukebox', credentials)).toEqual([
        expect.stringMatching(
          /^REFERENCE_TOKEN spec\.interceptors: the filter compares with key "token" of Secret "driftloop-token", receiver "retrain" .* sends key "tokne"/,
        ) as string,
      ]);
    });

    test.each([
      ['http://el-other.mlops-toolings.svc.cluster.local:8080/', 'REFERENCE_LISTENER'],
      ['http://el-driftloop.mlops-tools.svc:8080', 'REFERENCE_LISTENER'],
      ['http://el-driftloop.mlops-toolings.svc.cluster.local/', 'REFERENCE_LISTENER'],
      ['https://hooks.example.com/retrain', 'REFERENCE_ALERT_UNROUTED'],
    ])('the webhook posts to %s', (url, code) => {
      const problems = validateReferences(
        mutate('AlertmanagerConfig', 'jukebox', { 'spec.receivers[1].webhookConfigs[0].url': url }),
      );
      expect(codesOf(problems)).toContain(code);
      expect(codesOf(problems)).toContain('REFERENCE_ALERT_UNROUTED');
    });

    test.each([
      ['http://el-driftloop.mlops-toolings.svc.cluster.local:8443/', {}, 'is http, but the listener has'],
      ['https://el-driftloop.mlops-toolings.svc.cluster.local:8080/', {}, "the listener's Service has 8443"],
      [
        'https://el-driftloop.mlops-toolings.svc.cluster.local:8443/',
        { 'spec.receivers[1].webhookConfigs[0].httpConfig.tlsConfig': undefined },
        "a certificate of the cluster's own authority",
      ],
    ])('a listener with a certificate is called as %s %j', (url, changes, message) => {
      const secure = renderAll(onOpenShift(jukeboxWorkspace));
      const problems = validateReferences(
        mutate(
          'AlertmanagerConfig',
          'jukebox',
          { 'spec.receivers[1].webhookConfigs[0].url': url, ...changes },
          secure,
        ),
      );
      expect(summarize(problems).join('\n')).toContain(message);
      expect(codesOf(problems)).toContain('REFERENCE_LISTENER');
    });

    test('a listener without a certificate is called by https', () => {
      const url = 'https://el-driftloop.mlops-toolings.svc.cluster.local:8080/';
      const problems = validateReferences(
        mutate('AlertmanagerConfig', 'jukebox', { 'spec.receivers[1].webhookConfigs[0].url': url }),
      );
      expect(summarize(problems).join('\n')).toContain('is https, but the listener has no certificate');
    });

    test.each(['http://el-driftloop.mlops-toolings:8080', 'http://el-driftloop.mlops-toolings.svc:8080/'])(
      'the short address %s is as good',
      (url) => {
        expect(
          change('AlertmanagerConfig', 'jukebox', { 'spec.receivers[1].webhookConfigs[0].url': url }),
        ).toEqual([]);
      },
    );
  });

  describe('routes', () => {
    test('a receiver that is not there', () => {
      expect(
        change('AlertmanagerConfig', 'jukebox', { 'spec.route.routes[0].receiver': 'retrian' }),
      ).toContain(
        'REFERENCE_RECEIVER spec.route.routes[0].receiver: the route sends alerts to receiver "retrian", which is not there.',
      );
    });

    test.each(['(', '(?!a)', '\\1', '[z-a]'])(
      'the matcher %s would stop Alertmanager for everybody',
      (value) => {
        const matcher = { 'spec.route.matchers[2]': { name: 'a', matchType: '=~', value } };
        expect(codesOf(validateReferences(mutate('AlertmanagerConfig', 'jukebox', matcher)))).toContain(
          'REFERENCE_MATCHER',
        );
      },
    );
  });

  describe('Triggers', () => {
    test.each<[string, string, Changes]>([
      ['that no listener selects', 'REFERENCE_TRIGGER', { 'metadata.labels': {} }],
      ['with a template that is not there', 'REFERENCE_TRIGGER', { 'spec.template': { ref: 'absent' } }],
      [
        'with a binding that is not there',
        'REFERENCE_TRIGGER',
        { 'spec.bindings[2]': { ref: 'absent', kind: 'TriggerBinding' } },
      ],
      ['without a value for a param', 'REFERENCE_TRIGGER', { 'spec.bindings': [] }],
      [
        'with a value for no param',
        'REFERENCE_TRIGGER',
        { 'spec.bindings[2]': { name: 'spare', value: 'x' } },
      ],
      [
        'with two values for a param',
        'REFERENCE_TRIGGER',
        { 'spec.bindings[2]': { name: 'fingerprint', value: 'x' } },
      ],
      [
        'whose Pipeline is not there',
        'REFERENCE_PIPELINE',
        { 'spec.template.spec.resourcetemplates[0].spec.pipelineRef.name': 'absent' },
      ],
      [
        'whose account is not there',
        'REFERENCE_ACCOUNT',
        { 'spec.template.spec.resourcetemplates[0].spec.taskRunTemplate.serviceAccountName': 'absent' },
      ],
      [
        'whose task has an account that is not there',
        'REFERENCE_ACCOUNT',
        { 'spec.template.spec.resourcetemplates[0].spec.taskRunSpecs[0].serviceAccountName': 'absent' },
      ],
    ])('%s', (_title, code, changes) => {
      expect(codesOf(validateReferences(mutate('Trigger', trigger, changes)))).toContain(code);
    });
  });

  describe('rights', () => {
    test.each<[string, string, readonly Manifest[]]>([
      ["the listener's account is gone", 'REFERENCE_ACCOUNT', without('ServiceAccount', 'driftloop')],
      ['a Role is gone', 'REFERENCE_ROLE', without('Role', 'driftloop-runner')],
      ["the listener's Role is gone", 'REFERENCE_LISTENER_RIGHTS', without('Role', 'driftloop')],
      ["the listener's binding is gone", 'REFERENCE_LISTENER_RIGHTS', without('RoleBinding', 'driftloop')],
      [
        "the listener's cluster-wide rights are gone",
        'REFERENCE_LISTENER_RIGHTS',
        without('ClusterRoleBinding'),
      ],
      [
        'the listener may not create runs',
        'REFERENCE_LISTENER_RIGHTS',
        mutate('Role', 'driftloop', { 'rules[1].verbs': ['get'] }),
      ],
      [
        'the listener may create only some runs',
        'REFERENCE_LISTENER_RIGHTS',
        mutate('Role', 'driftloop', { 'rules[1].resourceNames': ['x'] }),
      ],
      [
        'the listener may not watch',
        'REFERENCE_LISTENER_RIGHTS',
        mutate('Role', 'driftloop', { 'rules[0].verbs': ['get', 'list'] }),
      ],
      [
        'a subject is gone',
        'REFERENCE_ACCOUNT',
        mutate('RoleBinding', 'driftloop-runner', { 'subjects[0].name': 'absent' }),
      ],
      [
        "a workload's account is not there",
        'REFERENCE_ACCOUNT',
        mutate('Deployment', 'jukebox', { 'spec.template.spec.serviceAccountName': 'absent' }),
      ],
    ])('%s', (_title, code, manifests) => {
      expect(codesOf(validateReferences(manifests))).toContain(code);
    });
  });

  test('a NetworkPolicy that keeps Alertmanager out', () => {
    expect(change('NetworkPolicy', 'driftloop', { 'spec.ingress': [] })).toEqual([
      'REFERENCE_NETWORK spec.ingress: no NetworkPolicy lets anybody reach port 8080 of EventListener "driftloop".',
    ]);
    expect(
      codesOf(
        validateReferences(
          mutate('NetworkPolicy', 'driftloop', { 'spec.ingress[0].ports': [{ port: 9000 }] }),
        ),
      ),
    ).toEqual(['REFERENCE_NETWORK']);
    expect(validateReferences(without('NetworkPolicy'))).toEqual([]);
  });

  describe('delivery', () => {
    const { application, project } = names;

    test.each<[string, string, readonly Manifest[]]>([
      ['an Application without project', 'REFERENCE_APPLICATION', without('AppProject', project)],
      [
        'an Application of nothing',
        'REFERENCE_APPLICATION',
        mutate('Application', application, { 'spec.source.path': 'tooling' }),
      ],
      [
        'a project without a kind',
        'REFERENCE_PROJECT',
        mutate('AppProject', project, {
          'spec.namespaceResourceWhitelist': [{ group: 'tekton.dev', kind: 'Task' }],
        }),
      ],
      [
        'a project for another namespace',
        'REFERENCE_PROJECT',
        mutate('AppProject', project, { 'spec.destinations[0].namespace': 'elsewhere' }),
      ],
      [
        'a project for another cluster',
        'REFERENCE_PROJECT',
        mutate('AppProject', project, { 'spec.destinations[0].server': 'https://other.example.com' }),
      ],
      [
        'a project for another repository',
        'REFERENCE_PROJECT',
        mutate('AppProject', project, { 'spec.sourceRepos': ['https://git.example.com/mlops/other.git'] }),
      ],
    ])('%s', (_title, code, manifests) => {
      expect(codesOf(validateReferences(manifests))).toEqual([code]);
    });

    test('a project with globs permits what they match', () => {
      const changes = {
        'spec.destinations[0].namespace': 'mlops-*',
        'spec.sourceRepos': ['https://git.example.com/*'],
      };
      expect(validateReferences(mutate('AppProject', project, changes))).toEqual([]);
    });
  });

  test('two hundred models are checked in a moment', () => {
    const models = Array.from({ length: 200 }, (_, index) => serve(`model-${index}`, server));
    const manifests = renderAll(withModels(models));
    const start = performance.now();
    expect(validateReferences(manifests)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(8000);
  });
});
