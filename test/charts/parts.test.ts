import { divideByModel } from '../../charts/parts.js';
import { planUnits } from '../../charts/units.js';
import { jukeboxWorkspace, serve, withModels } from './workspace-fixture.js';

const chartsOf = (units: ReturnType<typeof planUnits>) =>
  units.flatMap(({ unit, charts }) => charts.map(({ capability }) => `${unit.name} ${capability}`)).sort();

test('every chart is in one part, and every text in that of all models', () => {
  const units = planUnits(jukeboxWorkspace, new Map());
  const parts = divideByModel(units);
  expect(chartsOf(parts.flatMap((part) => part.units))).toEqual(chartsOf(units));
  const [shared, ...others] = parts;
  expect(shared?.units.flatMap(({ texts = [] }) => texts)).toHaveLength(1);
  expect(others.flatMap((part) => part.units.flatMap(({ texts = [] }) => texts))).toEqual([]);
});

test('a part holds nothing of another model', () => {
  const models = ['a', 'b'].map((name) => serve(name, undefined));
  const [shared, ...parts] = divideByModel(planUnits(withModels(models), new Map()));
  expect(parts.map((part) => part.model)).toEqual(['a', 'b']);
  expect(chartsOf(shared?.units ?? []).filter((chart) => /\b[ab]\b/.test(chart))).toEqual([]);
  for (const { model: name = '', units } of parts) {
    expect(chartsOf(units).every((chart) => new RegExp(`\\b${name}\\b`).test(chart))).toBe(true);
  }
});

test('there is something of all models even where there is no model', () => {
  expect(divideByModel(planUnits(withModels([]), new Map())).map((part) => part.model)).toEqual([undefined]);
});
