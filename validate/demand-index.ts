/** A label and the only value that will do. */
export type Demand = readonly [label: string, value: string];

/**
 * Finds what may take an alert among thousands that each demand labels of it, without looking at all of them. Each is
 * kept under its rarest demand, because some, such as the namespace, are those of everybody.
 */
export class DemandIndex<T> {
  private readonly kept = new Map<string, Placed<T>[]>();

  constructor(things: readonly T[], demandsOf: (thing: T) => readonly Demand[]) {
    const demands = things.map((thing) => demandsOf(thing).filter(isTelling).map(formatDemand));
    const counts = new Map<string, number>();
    for (const demand of demands.flat()) counts.set(demand, (counts.get(demand) ?? 0) + 1);
    const countOf = (demand: string): number => counts.get(demand) ?? 0;
    for (const [place, thing] of things.entries()) {
      const [rarest = undemanding] = [...(demands[place] ?? [])].sort((a, b) => countOf(a) - countOf(b));
      const known = this.kept.get(rarest);
      if (known === undefined) this.kept.set(rarest, [{ place, thing }]);
      else known.push({ place, thing });
    }
  }

  /** All that demand nothing that these labels lack, and perhaps some others, in their own order. */
  candidates(labels: Readonly<Record<string, string>>): readonly T[] {
    return [undemanding, ...Object.entries(labels).map(formatDemand)]
      .flatMap((demand) => this.kept.get(demand) ?? [])
      .sort((a, b) => a.place - b.place)
      .map(({ thing }) => thing);
  }
}

interface Placed<T> {
  readonly place: number;
  readonly thing: T;
}

/** Key of those without demands; no demand is written like it. */
const undemanding = '';

/** To some, a label that is missing is as good as an empty one. */
function isTelling([, value]: Demand): boolean {
  return value !== '';
}

function formatDemand([label, value]: Demand): string {
  return `${label}=${value}`;
}
