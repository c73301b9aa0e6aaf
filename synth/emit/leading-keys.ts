export type PlainObject = Readonly<Record<string, unknown>>;

/** Stand first in an object, in this order; all other keys are sorted. */
export const leadingKeys: readonly string[] = ['apiVersion', 'kind', 'metadata'];
