/** Every text in single quotes, with the operator before it, if it is a comparison. */
const texts = /([=!]=\s*)?'([^'\n]*)'/g;

/** Other quotes, escapes, comments, and texts with a prefix (`r''`) or three quotes. */
const undecided = /["\\]|\/\/|'''|(?:^|[^'\w])[rRbB]{1,2}'/;

/**
 * The expression with another text in place of those that something is compared with. Such a text decides nothing about
 * syntax and types, so the filters of thousands of Triggers that differ only in names have one shape.
 */
export function shapeOfCel(expression: string): string {
  if (undecided.test(expression)) return expression;
  return expression.replace(texts, (whole, comparison?: string) =>
    comparison === undefined ? whole : `${comparison}'x'`,
  );
}
