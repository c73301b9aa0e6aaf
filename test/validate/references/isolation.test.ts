import { validateManifests } from '../../../validate/validate.js';
import { goodManifests, manyManifests, mutate, names } from '../good-manifests.js';

const model = [{ name: 'driftloop_model', matchType: '=~', value: 'jukebox' }];
const filter = 'spec.interceptors[0].params[0].value';

/** Nothing that is found by comparing models is needed to see it. */
test.each<[string, string, string, Readonly<Record<string, unknown>>, string]>([
  [
    'an alert of nobody',
    'PrometheusRule',
    'jukebox',
    { 'spec.groups[0].rules': [{ alert: 'Any', expr: 'up == 0' }] },
    'alert Any',
  ],
  ['a route for all models', 'AlertmanagerConfig', 'jukebox', { 'spec.route.matchers': model }, 'the route'],
  [
    'a source that any alert can be',
    'AlertmanagerConfig',
    'jukebox.notify',
    { 'spec.inhibitRules[0].sourceMatch': model },
    'the rule',
  ],
  [
    'a target that any alert can be',
    'AlertmanagerConfig',
    'jukebox.notify',
    { 'spec.inhibitRules[0].targetMatch': model },
    'the rule',
  ],
  [
    "a filter for somebody else's alerts",
    'Trigger',
    names.trigger,
    { [filter]: "body.groupLabels['driftloop_model'] == 'other'" },
    'the filter',
  ],
  ['a Trigger without filter', 'Trigger', names.trigger, { 'spec.interceptors': [] }, 'the filter'],
  [
    'a monitor of all servers',
    'PodMonitor',
    'plain',
    { 'spec.selector.matchLabels': { 'driftloop.dev/component': 'serving' } },
    'the selector',
  ],
])('%s of one model would disturb others', (_title, kind, name, changes, what) => {
  const manifests = kind === 'PodMonitor' ? manyManifests : goodManifests;
  const problems = validateManifests(mutate(kind, name, changes, manifests));
  const found = problems.filter(({ code }) => code === 'REFERENCE_OTHER_MODELS');
  expect(found[0]?.message).toMatch(new RegExp(`^${what} is not limited to the model "(jukebox|plain)"\\.$`));
});

test.each([
  ['an alert has, too', "has(body.receiver) && body.receiver == 'any'", true],
  ['a request has, too', "has(body.id) && body.id == 'any'", true],
  ['need not be there', "has(body.Records) || body.receiver == 'any'", true],
  ['neither alert nor request has', 'has(body.Records) && body.Records.exists(record, true)', false],
])('a filter for a field that %s', (_, value, isWide) => {
  const codes = validateManifests(mutate('Trigger', names.trigger, { [filter]: value })).map(
    ({ code }) => code,
  );
  expect(codes.includes('REFERENCE_OTHER_MODELS')).toBe(isWide);
});

test('what all models share may select as it likes', () => {
  const shared = goodManifests.map((manifest) => ({ ...manifest, model: undefined }));
  const changes = { 'spec.route.matchers': [] };
  const problems = validateManifests(mutate('AlertmanagerConfig', 'jukebox.notify', changes, shared));
  expect(problems.map(({ code }) => code)).not.toContain('REFERENCE_OTHER_MODELS');
});
