import { validateDashboards } from '../../validate/dashboards.js';
import { manyManifests, mutate } from './good-manifests.js';
import { codesOf } from './problems.js';

const panel = (expr: string) => JSON.stringify({ uid: 'x', panels: [{ targets: [{ expr }] }] });
const change = (changes: Readonly<Record<string, unknown>>) =>
  new Set(codesOf(validateDashboards(mutate('GrafanaDashboard', 'plain-dashboard', changes, manyManifests))));

describe('dashboards', () => {
  test('that the charts render are fine', () => {
    expect(validateDashboards(manyManifests)).toEqual([]);
    expect(validateDashboards([])).toEqual([]);
  });

  test.each([
    ['that are no JSON', { 'spec.json': '{' }, 'DASHBOARD_JSON'],
    ['without text', { 'spec.json': undefined }, 'DASHBOARD_JSON'],
    ['without an address', { 'spec.json': '{}' }, 'DASHBOARD_JSON'],
    ['with an address that is too long', { 'spec.json': `{"uid":"${'x'.repeat(41)}"}` }, 'DASHBOARD_JSON'],
    ['with wrong PromQL', { 'spec.json': panel('sum(') }, 'PROMQL_EXPRESSION'],
    ['for what nobody records', { 'spec.json': panel('driftloop:x:y') }, 'PROMQL_RECORD_UNKNOWN'],
    ['in a folder that is not there', { 'spec.folderRef': 'other' }, 'REFERENCE_FOLDER'],
  ])('%s are refused', (_name, changes, code) => {
    expect(change(changes)).toEqual(new Set([code]));
  });

  test('may ask for series of others', () => {
    expect(change({ 'spec.json': panel('sum(rate(http_requests_total[5m]))') })).toEqual(new Set());
  });

  test('do not find what is recorded in another namespace', () => {
    const rest = manyManifests.filter(
      ({ object }) => object.kind !== 'PrometheusRule' || object.metadata.namespace !== 'mlops-test',
    );
    expect(new Set(codesOf(validateDashboards(rest)))).toEqual(new Set(['PROMQL_RECORD_UNKNOWN']));
  });
});
