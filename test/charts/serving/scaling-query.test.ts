import { limitToNamespace } from '../../../charts/serving/scaling-query.js';
import { checkPromql } from '../../../config/values/promql.js';

test.each([
  ['up', 'up{namespace="n"}'],
  ['sum(up{})', 'sum(up{namespace="n"})'],
  ['sum(up{a="b"})', 'sum(up{a="b",namespace="n"})'],
  ['sum(up{a="b",})', 'sum(up{a="b",namespace="n"})'],
  ['up{namespace=~".+"}', 'up{namespace=~".+"}'],
  ['{__name__="up"}', '{__name__="up",namespace="n"}'],
  ['{"up"}', '{"up",namespace="n"}'],
  [
    'rate(a[5m]) / on () rate(b{c="}"}[5m] offset 1m)',
    'rate(a{namespace="n"}[5m]) / on () rate(b{c="}",namespace="n"}[5m] offset 1m)',
  ],
  ['max_over_time(sum(up)[5m:1m])', 'max_over_time(sum(up{namespace="n"})[5m:1m])'],
  ['vector(1)', 'vector(1)'],
])('%s sees one namespace only', (query, limited) => {
  expect(limitToNamespace(query, 'n')).toBe(limited);
  expect(checkPromql(limited)).toEqual([]);
});
