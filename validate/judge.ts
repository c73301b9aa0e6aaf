import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { Census } from './census.js';
import { runChecks } from './checks.js';
import { outline, readOutlines } from './outlines.js';
import type { Outline } from './outlines.js';
import { asSurroundings } from './surroundings.js';

/** What was found about the objects of one model, and what others need to know of them. */
export interface Verdict {
  readonly problems: readonly Problem[];
  /** The objects that there are; nothing but their names is looked at. */
  readonly objects: readonly Manifest[];
  readonly outlines: readonly Outline[];
}

/**
 * Judges objects model by model, and keeps of each only what others need to know. That is enough because nothing of one
 * model reaches into another (references/isolation.ts); what all models share is always at hand.
 */
export class Judge {
  /** What all share, as far as what is one model's may depend on it. */
  readonly surroundings: readonly Manifest[];
  private readonly census = new Census();
  private readonly outlines = new Set<Outline>();
  private readonly ofShared: readonly Problem[];
  private readonly shared: readonly Manifest[];
  /** By content: several models may find the same about what they share. */
  private readonly found = new Map<string, Problem>();

  /**
   * @param shared what belongs to no single model
   * @param made what a controller makes of it, and nobody counts
   */
  constructor(shared: readonly Manifest[], made: readonly Manifest[] = []) {
    this.shared = made.length === 0 ? shared : [...shared, ...made];
    this.surroundings = asSurroundings(this.shared);
    this.ofShared = this.census.add(shared);
  }

  /**
   * Judges all that is one model's.
   * @param made what a controller makes besides
   */
  judge(own: readonly Manifest[], made: readonly Manifest[] = []): Verdict {
    const problems = runChecks(made.length === 0 ? own : [...own, ...made], this.surroundings);
    const verdict = { problems, objects: own, outlines: outline(own) };
    this.take(verdict);
    return verdict;
  }

  /** Takes over what was found about the same objects in the same surroundings before. */
  take({ problems, objects, outlines }: Verdict): void {
    this.report(this.census.add(objects));
    this.report(problems);
    for (const each of outlines) this.outlines.add(each);
  }

  /** Judges what is shared, once every model has been looked at; returns all that was found. */
  conclude(): readonly Problem[] {
    const models = [...this.found.values()];
    this.found.clear();
    this.report(this.ofShared);
    this.report(runChecks(this.shared, readOutlines(this.outlines)));
    this.report(models);
    this.report(this.census.conclude());
    return [...this.found.values()];
  }

  private report(problems: readonly Problem[]): void {
    for (const problem of problems) this.found.set(JSON.stringify(problem), problem);
  }
}
