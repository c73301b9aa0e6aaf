import { planReportSchema, reportAsJson } from '../../../gitops/report/json.js';
import { object } from '../support/units.js';
import { diffOf } from './report-fixture.js';

const place = { repository: 'https://git.example.com/gitops.git', branch: 'main', commit: 'a'.repeat(40) };

test('a program gets what it was promised, and nothing besides', () => {
  const diff = diffOf({
    'test/jukebox': [
      [object('a', { data: { x: 'low' } }), object('old', { data: { same: 'x', as: 'y' } })],
      [object('a', { data: { x: 'high' } }), object('new', { data: { same: 'x', as: 'y' } }), object('b')],
    ],
  });
  const report: unknown = JSON.parse(reportAsJson(diff, place));
  expect(planReportSchema.strict().parse(report)).toEqual(report);
  expect(report).toMatchObject({
    version: 1,
    ...place,
    summary: { created: 1, changed: 1, deleted: 0, renamed: 1 },
    units: [
      {
        unit: 'test/jukebox',
        objects: [
          {
            action: 'changed',
            object: 'ConfigMap mlops-test/a',
            kind: 'ConfigMap',
            namespace: 'mlops-test',
            name: 'a',
            fields: [{ path: 'data.x', before: 'low', after: 'high' }],
          },
          { action: 'created', name: 'b', fields: [] },
          { action: 'renamed', name: 'new', previous: 'ConfigMap mlops-test/old' },
        ],
      },
    ],
  });
});

test('a repository without a commit is said to have none', () => {
  expect(JSON.parse(reportAsJson(diffOf({}), { ...place, commit: undefined }))).toMatchObject({
    commit: null,
    units: [],
  });
});
