/**
 * A line of an object, as the page gets it: 0 stayed the same; 1 was removed; 2 was added; 3 took the place of another.
 * Of a replaced line both sides are lists of pieces that alternate between what stayed (first) and what differs; an
 * empty list of pieces is a line without anything in common.
 */
export type PageRow =
  | readonly [kind: 0 | 1 | 2, text: string]
  | readonly [kind: 3, before: readonly string[], after: readonly string[]];

/** Everything about one object that is shown when it is opened. */
export type PageObject = readonly PageRow[];
