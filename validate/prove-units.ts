import { divideByModel } from '../charts/parts.js';
import type { UnitBlueprint } from '../charts/unit.js';
import { hasErrors } from '../problems/problem.js';
import type { Checked, Problem } from '../problems/problem.js';
import type { Manifest, RenderedUnit } from '../synth/manifest.js';
import { renderUnits } from '../synth/render.js';
import { makeApplications } from './application-sets.js';
import { Judge } from './judge.js';
import type { Verdict } from './judge.js';

/** Units, or pieces of them, each handed out once; what is wrong with them is known when all have been seen. */
export interface ProvenUnits extends Checked<Iterable<RenderedUnit>> {
  readonly value: Iterable<RenderedUnit>;
}

/** Units of one part, and what was found about their objects. */
export interface ProvenPart {
  readonly units: readonly RenderedUnit[];
  readonly verdict: Verdict;
}

/** What came of parts before. */
export interface ProofMemory {
  /** @param surroundings what the part is judged in; undefined: it has not been seen like that */
  recall(model: string, surroundings: readonly Manifest[]): ProvenPart | undefined;
  /**
   * Absent: nothing is kept.
   * @param model undefined: what all models share
   */
  keep?(model: string | undefined, surroundings: readonly Manifest[], part: ProvenPart): void;
}

/** Renders and judges model by model while somebody takes the units, and keeps none of them. */
export function proveUnits(blueprints: readonly UnitBlueprint[], memory?: ProofMemory): ProvenUnits {
  return new Proof(renderAndJudge(blueprints, memory));
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

function* renderAndJudge(
  blueprints: readonly UnitBlueprint[],
  memory: ProofMemory | undefined,
): Generator<RenderedUnit, readonly Problem[]> {
  const [shared, ...parts] = divideByModel(blueprints);
  const around = [...renderUnits(shared?.units ?? [])];
  const made = makeApplications(around);
  const judge = new Judge(manifestsOf(around), made.get(undefined));
  yield* keep(undefined, judge, { units: around, verdict: nothingFound }, memory);
  for (const { model = '', units } of parts) {
    const known = memory?.recall(model, judge.surroundings);
    if (known !== undefined) {
      judge.take(known.verdict);
      yield* known.units;
      continue;
    }
    const rendered = [...renderUnits(units)];
    const verdict = judge.judge(manifestsOf(rendered), made.get(model));
    yield* keep(model, judge, { units: rendered, verdict }, memory);
  }
  return judge.conclude();
}

const nothingFound: Verdict = { problems: [], objects: [], outlines: [] };

/** Makes texts once, for the memory and for whoever takes the units. */
function keep(
  model: string | undefined,
  { surroundings }: Judge,
  { units, verdict }: ProvenPart,
  memory: ProofMemory | undefined,
): readonly RenderedUnit[] {
  if (memory?.keep === undefined || hasErrors(verdict.problems)) return units;
  const written = units.map(({ unit, manifests, files }) => ({ unit, manifests, files }));
  const sketches = written.map((unit) => ({ ...unit, manifests: unit.manifests.map(sketch) }));
  const objects = verdict.objects.length === 0 ? [] : manifestsOf(sketches);
  memory.keep(model, surroundings, { units: sketches, verdict: { ...verdict, objects } });
  return written;
}

function manifestsOf(units: readonly RenderedUnit[]): readonly Manifest[] {
  return units.flatMap(({ manifests }) => manifests);
}

/** All that is counted. */
function sketch({ object: { apiVersion, kind, metadata }, ...place }: Manifest): Manifest {
  const { name, namespace } = metadata;
  return {
    ...place,
    object: { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } },
  };
}
