import type { ChartBlueprint, UnitBlueprint } from './unit.js';

/** What is rendered and judged together: all that is one model's, or all that the models share. */
export interface Part {
  /** undefined: what they share. */
  readonly model: string | undefined;
  /** Units, and pieces of units that several parts have a share in. */
  readonly units: readonly UnitBlueprint[];
}

/** Divides units among the models; what they share comes first, and each piece keeps the order of its unit. */
export function divideByModel(units: readonly UnitBlueprint[]): readonly Part[] {
  const parts = new Map<string | undefined, UnitBlueprint[]>([[undefined, []]]);
  for (const unit of units) {
    for (const [model, piece] of divideUnit(unit)) {
      const known = parts.get(model);
      if (known === undefined) parts.set(model, [piece]);
      else known.push(piece);
    }
  }
  return [...parts].map(([model, pieces]) => ({ model, units: pieces }));
}

function divideUnit(blueprint: UnitBlueprint): ReadonlyMap<string | undefined, UnitBlueprint> {
  const { unit, charts, texts = [] } = blueprint;
  if (unit.model !== undefined) return new Map([[unit.model, blueprint]]);
  const groups = new Map<string | undefined, ChartBlueprint[]>();
  // Texts stay together, and with them a unit that has nothing else.
  if (texts.length > 0) groups.set(undefined, []);
  for (const chart of charts) {
    const known = groups.get(chart.model);
    if (known === undefined) groups.set(chart.model, [chart]);
    else known.push(chart);
  }
  return new Map(
    [...groups].map(([model, own]) => [
      model,
      { ...blueprint, charts: own, texts: model === undefined ? texts : [] },
    ]),
  );
}
