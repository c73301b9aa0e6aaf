import { validateReferences } from '../../../validate/references.js';
import { eventWorkspace, exposedBy, otherExposures } from '../../charts/event-fixture.js';
import { mutate, renderAll } from '../good-manifests.js';
import type { Changes } from '../good-manifests.js';

const manifests = renderAll(eventWorkspace);
const backend = 'spec.rules[0].http.paths[0].backend.service';

test.each<[string, string, Changes]>([
  ['without TLS', 'SECURITY_EXPOSURE', { 'spec.tls': undefined }],
  ['to the listener of alerts', 'SECURITY_EXPOSURE', { [`${backend}.name`]: 'el-driftloop' }],
  ['to no listener', 'REFERENCE_EXPOSURE', { [`${backend}.name`]: 'el-nobody' }],
  ['to a port of metrics', 'REFERENCE_EXPOSURE', { [`${backend}.port.number`]: 9000 }],
])('an Ingress %s is %s', (_, code, changes) => {
  const problems = validateReferences(mutate('Ingress', 'driftloop-events', changes, manifests));
  expect(problems.map((problem) => problem.code)).toEqual([code]);
});

test('what is rendered is without fault', () => {
  expect(validateReferences(manifests)).toEqual([]);
  for (const exposure of otherExposures)
    expect(validateReferences(renderAll(exposedBy(exposure)))).toEqual([]);
});

const [routed = [], attached = []] = otherExposures.map((exposure) => renderAll(exposedBy(exposure)));

test.each<[string, string, Changes]>([
  ['without TLS', 'SECURITY_EXPOSURE', { 'spec.tls': undefined }],
  [
    'that also takes what is not encrypted',
    'SECURITY_EXPOSURE',
    { 'spec.tls.insecureEdgeTerminationPolicy': 'Allow' },
  ],
  ['to the listener of alerts', 'SECURITY_EXPOSURE', { 'spec.to.name': 'el-driftloop' }],
  ['to no listener', 'REFERENCE_EXPOSURE', { 'spec.to.name': 'el-nobody' }],
  ['to any port', 'REFERENCE_EXPOSURE', { 'spec.port': undefined }],
])('a Route %s is %s', (_, code, changes) => {
  const problems = validateReferences(mutate('Route', 'driftloop-events.github', changes, routed));
  expect(problems.map((problem) => problem.code)).toEqual([code]);
});

test.each<[string, string, Changes]>([
  ['on all listeners of a Gateway', 'SECURITY_EXPOSURE', { 'spec.parentRefs[0].sectionName': undefined }],
  ['to the listener of alerts', 'SECURITY_EXPOSURE', { 'spec.rules[0].backendRefs[0].name': 'el-driftloop' }],
  ['to no listener', 'REFERENCE_EXPOSURE', { 'spec.rules[0].backendRefs[0].name': 'el-nobody' }],
])('an HTTPRoute %s is %s', (_, code, changes) => {
  const problems = validateReferences(mutate('HTTPRoute', 'driftloop-events', changes, attached));
  expect(problems.map((problem) => problem.code)).toEqual([code]);
});
