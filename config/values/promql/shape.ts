/** Every text, with the label it is compared with for being equal or not, if it is. */
const texts = /(?:(\w+)(\s*!?=\s*))?"([^"\n]*)"/g;

/** Other quotes, escapes and comments, in which a quote means something else. */
const undecided = /['`#\\]/;

/**
 * The expression with another text in place of those it compares labels with. Such a text decides nothing about syntax,
 * types and the labels that are left, so thousands of rules that differ only in the names of their models have one
 * shape, which is looked at once. Patterns and names of metrics stay, and so does the empty text, which is like no label.
 */
export function shapeOf(expression: string): string {
  if (undecided.test(expression)) return expression;
  return expression.replace(texts, (whole, label?: string, operator?: string, text?: string) =>
    label === undefined || label === '__name__' || text === '' ? whole : `${label}${operator ?? ''}"x"`,
  );
}
