import { memoize } from '../memoize.js';

/** An expression without what it compares labels with. */
export interface Shape {
  /** With another text in place of each. */
  readonly text: string;
  /** What was replaced, by the place in the shape where the replacement ends. */
  readonly compared: ReadonlyMap<number, string>;
}

/** Every text, with the label it is compared with for being equal or not, if it is. */
const texts = /(?:(\w+)(\s*!?=\s*))?"([^"\n]*)"/g;

/** Other quotes, escapes and comments, in which a quote means something else. */
const undecided = /['`#\\]/;

const replacement = 'x';

/**
 * Takes an expression apart. A text that a label is compared with decides nothing about syntax, types and the labels that
 * are left, so thousands of rules that differ only in the names of their models have one shape, which is looked at once.
 * Patterns and names of metrics stay, and so does the empty text, which is like no label.
 */
export const readShape: (expression: string) => Shape = memoize((expression) => {
  const compared = new Map<number, string>();
  if (undecided.test(expression)) return { text: expression, compared };
  let grown = 0;
  const text = expression.replace(
    texts,
    (whole: string, label: string | undefined, operator: string, value: string, place: number) => {
      if (label === undefined || label === '__name__' || value === '') return whole;
      grown += replacement.length - value.length;
      compared.set(place + whole.length + grown, value);
      return `${label}${operator}"${replacement}"`;
    },
  );
  return { text, compared };
});

export function shapeOf(expression: string): string {
  return readShape(expression).text;
}
