import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { Census } from './census.js';
import { runChecks } from './checks.js';
import { outline, readOutlines } from './outlines.js';
import type { Outline } from './outlines.js';

/**
 * Judges objects model by model, and keeps of each only what others need to know. That is enough because nothing of one
 * model reaches into another (references/isolation.ts); what all models share is always at hand.
 */
export class Judge {
  private readonly census = new Census();
  private readonly outlines = new Set<Outline>();
  private readonly ofShared: readonly Problem[];
  /** By content: several models may find the same about what they share. */
  private readonly found = new Map<string, Problem>();

  /** @param shared what belongs to no single model */
  constructor(private readonly shared: readonly Manifest[]) {
    this.ofShared = this.census.add(shared);
  }

  /** Judges all that is one model's. */
  judge(own: readonly Manifest[]): void {
    this.report(this.census.add(own));
    this.report(runChecks(own, this.shared));
    for (const each of outline(own)) this.outlines.add(each);
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
