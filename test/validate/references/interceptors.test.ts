import { validateReferences } from '../../../validate/references.js';
import { checkTriggerSecurity } from '../../../validate/security/triggers.js';
import { indexCluster } from '../../../validate/cluster.js';
import { eventWorkspace } from '../../charts/event-fixture.js';
import { mutate, renderAll } from '../good-manifests.js';
import type { Changes } from '../good-manifests.js';

const [waiting] = eventWorkspace.models.filter(({ name }) => name === 'mlflow-version');
const manifests = renderAll({ ...eventWorkspace, models: waiting === undefined ? [] : [waiting] });
const trigger = 'mlflow-version.event.registry';
const volume = 'spec.template.spec.volumes[0].projected.sources[0].secret.items[0].path';
const service = 'spec.clientConfig.service';

test.each<[string, string, string, Changes, RegExp]>([
  [
    'names another interceptor',
    'Trigger',
    trigger,
    { 'spec.interceptors[0].ref.name': 'other' },
    /no Interceptor "other"/,
  ],
  ['names no sender', 'Trigger', trigger, { 'spec.interceptors[0].params': [] }, /does not name the sender/],
  [
    'names another sender',
    'Trigger',
    trigger,
    { 'spec.interceptors[0].params[0].value': 'gitea' },
    /no key of the sender "gitea"/,
  ],
  ['leads to another Service', 'Interceptor', 'driftloop-mlflow', { [`${service}.name`]: 'x' }, /no Service/],
  [
    'leads to another namespace',
    'Interceptor',
    'driftloop-mlflow',
    { [`${service}.namespace`]: 'x' },
    /no Service/,
  ],
  ['leads to another port', 'Interceptor', 'driftloop-mlflow', { [`${service}.port`]: 80 }, /no Service/],
  ['has a Service of nobody', 'Service', 'driftloop-verifier', { 'spec.selector': { a: 'b' } }, /no Service/],
  ['has a Service of all', 'Service', 'driftloop-verifier', { 'spec.selector': undefined }, /no Service/],
  [
    'has another file',
    'Deployment',
    'driftloop-verifier',
    { [volume]: 'x' },
    /no key of the sender "mlflow"/,
  ],
])('a verification that %s is found', (_, kind, name, changes, message) => {
  const problems = validateReferences(mutate(kind, name, changes, manifests));
  expect(problems.map(({ code }) => code)).toEqual(['REFERENCE_INTERCEPTOR']);
  expect(problems[0]?.message).toMatch(message);
});

test('what is rendered is without fault', () => {
  expect(validateReferences(manifests)).toEqual([]);
});

test('a Trigger that verifies later, or nobody, takes requests from anybody', () => {
  const of = (changes: Changes) =>
    checkTriggerSecurity(indexCluster(mutate('Trigger', trigger, changes, manifests))).map(
      ({ code }) => code,
    );
  expect(of({})).toEqual([]);
  expect(of({ 'spec.interceptors[0].params': [] })).toEqual(['SECURITY_TRIGGER']);
  expect(of({ 'spec.interceptors[0].ref.name': 'other' })).toEqual(['SECURITY_TRIGGER']);
});
