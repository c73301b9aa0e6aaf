import { validateReferences } from '../../../validate/references.js';
import { eventWorkspace } from '../../charts/event-fixture.js';
import { mutate, renderAll } from '../good-manifests.js';
import type { Changes } from '../good-manifests.js';

const manifests = renderAll(eventWorkspace);
const backend = 'spec.rules[0].http.paths[0].backend.service';

test.each<[string, string, Changes]>([
  ['without TLS', 'SECURITY_INGRESS', { 'spec.tls': undefined }],
  ['to the listener of alerts', 'SECURITY_INGRESS', { [`${backend}.name`]: 'el-driftloop' }],
  ['to no listener', 'REFERENCE_INGRESS', { [`${backend}.name`]: 'el-nobody' }],
  ['to a port of metrics', 'REFERENCE_INGRESS', { [`${backend}.port.number`]: 9000 }],
])('an Ingress %s is %s', (_, code, changes) => {
  const problems = validateReferences(mutate('Ingress', 'driftloop-events', changes, manifests));
  expect(problems.map((problem) => problem.code)).toEqual([code]);
});

test('the one that is rendered is without fault', () => {
  expect(validateReferences(manifests)).toEqual([]);
});
