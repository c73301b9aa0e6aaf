import type { Model, Workspace } from '../model.js';

/** A key that each of these sections has, written or by default. */
const marks = { push: 'paths', data: 'paths', objects: 'prefix', registry: 'model' } as const;

/** Is a section written that could not be resolved? Nobody knows whose events it would have been about. */
export function hasUnresolvedTrigger({ origins }: Workspace, { name, triggers }: Model): boolean {
  return (Object.keys(marks) as (keyof typeof marks)[]) // The keys of `marks`.
    .some((key) => triggers[key] === undefined && origins.has(`${name}:triggers.${key}.${marks[key]}`));
}
