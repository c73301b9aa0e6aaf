import { planUnits } from '../../charts/units.js';
import type { UnitBlueprint } from '../../charts/unit.js';
import { proveUnits } from '../../validate/prove-units.js';
import { jukeboxWorkspace, render } from '../charts/workspace-fixture.js';

const blueprints = planUnits(jukeboxWorkspace, new Map());

test('units come piece by piece, with the files that whole ones have', () => {
  const pieces = [...proveUnits(blueprints).value];
  const files = (units: typeof pieces) =>
    new Map(units.flatMap((unit) => unit.files.map(({ path, text }) => [path, text])));
  expect(files(pieces)).toEqual(files([...render(jukeboxWorkspace)]));
  expect(pieces.filter(({ unit }) => unit.name === 'toolings').length).toBeGreaterThan(1);
});

test('nothing is rendered before it is taken, and each unit once', () => {
  let created = 0;
  const counted: readonly UnitBlueprint[] = blueprints.map((blueprint) => ({
    ...blueprint,
    charts: blueprint.charts.map((chart) => ({
      ...chart,
      create: (scope) => ((created += 1), chart.create(scope)),
    })),
  }));
  const proof = proveUnits(counted);
  expect(created).toBe(0);
  const [first] = proof.value;
  expect(first?.unit.name).toBe('bootstrap');
  expect(created).toBeLessThan(counted.flatMap(({ charts }) => charts).length);
  expect(proof.problems).toEqual([]);
  expect(created).toBe(counted.flatMap(({ charts }) => charts).length);
  expect([...proof.value]).toEqual([]);
});

test('problems are found in units that nobody takes', () => {
  const withoutTasks = blueprints.map((blueprint) => ({
    ...blueprint,
    charts: blueprint.charts.filter(({ capability }) => capability !== 'retraining-tasks'),
  }));
  expect(proveUnits(withoutTasks).problems.map(({ code }) => code)).toContain('TEKTON_REF');
});
