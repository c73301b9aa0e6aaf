import { selectsLabels } from '../../../validate/triggers/label-selector.js';
import { readServiceAddress } from '../../../validate/triggers/listeners.js';

describe("a webhook's address", () => {
  test.each([
    [
      'http://el-x.ns.svc.cluster.local:8080/',
      { secure: false, service: 'el-x', namespace: 'ns', port: 8080 },
    ],
    ['https://el-x.ns.svc/hook', { secure: true, service: 'el-x', namespace: 'ns', port: 443 }],
    ['http://el-x.ns', { secure: false, service: 'el-x', namespace: 'ns', port: 80 }],
    ['http://hooks.example.com/', undefined],
    ['http://el-x.ns.svc.cluster.local.evil.example.com/', undefined],
    ['http://user@el-x.ns.svc:8080/', undefined],
    ['el-x.ns.svc:8080', undefined],
    ['', undefined],
  ])('%s', (url, address) => {
    expect(readServiceAddress(url)).toEqual(address);
  });
});

describe('a label selector', () => {
  test.each([
    [{ matchLabels: { a: 'b' } }, true],
    [{ matchLabels: { a: 'c' } }, false],
    [{}, true],
    [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b', 'c'] }] }, true],
    [{ matchExpressions: [{ key: 'x', operator: 'In', values: ['b'] }] }, false],
    [{ matchExpressions: [{ key: 'x', operator: 'NotIn', values: ['b'] }] }, true],
    [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] }, false],
    [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, true],
    [{ matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] }, false],
    [{ matchExpressions: [{ key: 'a', operator: 'Equals', values: ['b'] }] }, false],
  ])('%j', (selector, expected) => {
    expect(selectsLabels(selector, { a: 'b' })).toBe(expected);
  });
});
