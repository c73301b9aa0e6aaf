import { divideByModel } from '../charts/parts.js';
import type { UnitBlueprint } from '../charts/unit.js';
import type { Checked, Problem } from '../problems/problem.js';
import type { RenderedUnit } from '../synth/manifest.js';
import { renderUnits } from '../synth/render.js';
import { Judge } from './judge.js';

/** Units, or pieces of them, each handed out once; what is wrong with them is known when all have been seen. */
export interface ProvenUnits extends Checked<Iterable<RenderedUnit>> {
  readonly value: Iterable<RenderedUnit>;
}

/** Renders and judges model by model while somebody takes the units, and keeps none of them. */
export function proveUnits(blueprints: readonly UnitBlueprint[]): ProvenUnits {
  return new Proof(renderAndJudge(blueprints));
}

class Proof implements ProvenUnits {
  readonly value: Iterable<RenderedUnit>;
  private found: readonly Problem[] | undefined;

  constructor(private readonly steps: Generator<RenderedUnit, readonly Problem[]>) {
    this.value = { [Symbol.iterator]: () => this.takeRest() };
  }

  /** Whatever nobody has taken is proven all the same. */
  get problems(): readonly Problem[] {
    const rest = this.takeRest();
    while (this.found === undefined) rest.next();
    return this.found;
  }

  private *takeRest(): Generator<RenderedUnit> {
    while (this.found === undefined) {
      const step = this.steps.next();
      if (step.done === true) this.found = step.value;
      else yield step.value;
    }
  }
}

function* renderAndJudge(blueprints: readonly UnitBlueprint[]): Generator<RenderedUnit, readonly Problem[]> {
  let judge: Judge | undefined;
  for (const { units } of divideByModel(blueprints)) {
    const rendered = [...renderUnits(units)];
    const manifests = rendered.flatMap((unit) => unit.manifests);
    if (judge === undefined) judge = new Judge(manifests);
    else judge.judge(manifests);
    yield* rendered;
  }
  return judge?.conclude() ?? [];
}
