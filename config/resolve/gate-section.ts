import type { KeyPath } from '../load/key-path.js';
import type { Place, ProblemCollector } from '../problem-collector.js';
import type { Layer } from './layers.js';
import { placeIn } from './layers.js';

/** Where gates were written, and what is wrong with them. */
export interface GateSection {
  readonly layers: readonly Layer<object>[];
  readonly problems: ProblemCollector;
}

/** Place of a key of `gates`. */
export function placeOfGate({ layers }: GateSection, path: KeyPath): Place {
  return placeIn(layers, ['gates', ...path]);
}

/** Names become texts of Tasks, where Tekton expands or refuses `$(`. */
export function refuseExpression(
  section: GateSection,
  { name, what }: { readonly name: string; readonly what: 'metric' | 'group' },
  place: Place,
): void {
  if (!name.includes('$(')) return;
  const message = `The ${what} \`${name}\` contains \`$(\`, which Tekton would expand or refuse.`;
  const hint = `Give the ${what} another name in \`metrics.json\`.`;
  section.problems.error('CONFIG_TEKTON_EXPRESSION', place, { message, hint });
}

/** A band or pair of bounds that nothing can meet. */
export function refuseEmpty(
  section: GateSection,
  { metric, min, max }: { readonly metric: string; readonly min: number; readonly max: number },
  path: KeyPath,
): void {
  if (min <= max) return;
  const message = `Nothing can pass the gate on \`${metric}\`: \`min\` ${min} is above \`max\` ${max}.`;
  const hint = 'Exchange them, or remove one.';
  section.problems.error('CONFIG_BOUNDS', placeOfGate(section, path), { message, hint });
}
