import fc from 'fast-check';
import { canonicalQuantity, parseQuantity } from '../../../config/values/quantity.js';
import { checkCpu, checkMemory, checkStorage } from '../../../config/values/resources.js';

/** What the API server writes back (k8s.io/apimachinery, resource.Quantity). */
test.each([
  ['0', '0'],
  ['0Gi', '0'],
  ['1', '1'],
  ['0.5', '500m'],
  ['.5', '500m'],
  ['1.', '1'],
  ['1000m', '1'],
  ['1500m', '1500m'],
  ['1000', '1k'],
  ['0.001', '1m'],
  ['0.0000000001', '1n'],
  ['100000u', '100m'],
  ['1024Mi', '1Gi'],
  ['1536Mi', '1536Mi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Gi', '512Mi'],
  ['0.5Ki', '512'],
  ['0.1Ki', '102400m'],
  ['1.3Ki', '1331200m'],
  ['1024Ki', '1Mi'],
  ['1000M', '1G'],
  ['1e3', '1e3'],
  ['1E6', '1e6'],
  ['1500e0', '1500'],
  ['12e-3', '12e-3'],
  ['9223372036854775807', '9223372036854775807'],
])('%s is written back as %s', (text, canonical) => {
  expect(canonicalQuantity(text)).toBe(canonical);
});

test.each([
  '',
  ' ',
  '1 Gi',
  '1GB',
  '1gi',
  '-1',
  '+1',
  'Mi',
  '1e',
  '1ki',
  '0x10',
  '1,5',
  '١',
  '1Gi\n',
  'NaN',
  'Infinity',
])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

test('the canonical spelling is stable and keeps the value', () => {
  const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3', 'E-3');
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: 999 }), suffix, (whole, fraction, unit) => {
      const text = `${whole}.${fraction}${unit}`;
      const canonical = canonicalQuantity(text);
      expect(canonicalQuantity(canonical)).toBe(canonical);
      expect(parseQuantity(canonical)?.nano).toBe(parseQuantity(text)?.nano);
    }),
  );
});

test('resources that Kubernetes accepts but nobody means are refused', () => {
  for (const good of ['1m', '500m', '2', '0.5', '1024']) expect(checkCpu(good)).toBeUndefined();
  for (const bad of ['0', '0.0001', '500Mi', '1 core', 'all']) expect(checkCpu(bad)).toBeDefined();
  for (const good of ['1Mi', '512Mi', '1G', '1073741824']) expect(checkMemory(good)).toBeUndefined();
  expect(checkMemory('512m')).toEqual({
    message: 'is less than 1Mi of memory',
    hint: 'Did you mean `512Mi`? `m` means thousandths.',
  });
  expect(checkMemory('512')?.hint).toBe('Did you mean `512Mi`?');
  expect(checkStorage('10GB')?.hint).toBe('Did you mean `10Gi`?');
});
