import { checkVersion, isAtLeast } from '../../../config/values/version.js';

test.each(['1.15', 'v1.15.0', '0.93.0', '0.30.0+rhaiv.1', 'v3.5.1-rc1'])('%s is a version', (text) => {
  expect(checkVersion(text)).toBeUndefined();
});

test.each(['', '1', 'v3', 'latest', '1.x', '1e5', '0x10', '1.2.3.4', '-1.2', ' 1.2', '1.2 ', '1.2\n', '١.٢'])(
  '%j is no version',
  (text) => {
    expect(checkVersion(text)?.hint).toContain('1.15');
  },
);

test.each([
  ['1.10', '1.9'],
  ['1.10', '1.10.0'],
  ['v0.93.0', '0.93'],
  ['3.0', '2.42'],
  ['0.30.1+rhaiv.1', '0.30.1'],
])('%s is at least %s', (written, wanted) => {
  expect(isAtLeast(written, wanted)).toBe(true);
});

test.each([
  ['1.1', '1.10'],
  ['0.43.9', '0.44'],
  ['2.41.0', '2.42'],
  ['1.15.0', '1.15.1'],
])('%s is older than %s', (written, wanted) => {
  expect(isAtLeast(written, wanted)).toBe(false);
});
