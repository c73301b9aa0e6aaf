import type { Problem } from '../problems/problem.js';
import type { Model, Origins } from './model.js';

/** A model whose file has no mistakes, and all that was found out about it alone. */
export interface ResolvedModel {
  readonly model: Model;
  /** Warnings. */
  readonly problems: readonly Problem[];
  /** Of values that are compared with those of other models. */
  readonly landmarks: Origins;
}

/** Models by what they are made of. */
export interface ModelMemory {
  recall(key: string): ResolvedModel | undefined;
  keep(key: string, resolved: ResolvedModel): void;
}

/** For whoever has no memory, and does not need to know where the values of models were written. */
export const noMemory: ModelMemory = { recall: () => undefined, keep: () => undefined };
