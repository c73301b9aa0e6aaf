/** A text as CEL writes it. */
export function celText(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

/** `x == 'a'`, or `x in ['a', 'b']`. */
export function celOneOf(expression: string, texts: readonly string[]): string {
  const [only = '', ...others] = texts;
  return others.length === 0
    ? `${expression} == ${celText(only)}`
    : `${expression} in [${texts.map(celText).join(', ')}]`;
}

/** A header that names an event, as the value of a label; '' when it has other characters than an id has. */
export function labelFromHeader(name: string): string {
  const value = `header.canonical('${name}')`;
  return `(${value}.matches('^[0-9A-Za-z]([-0-9A-Za-z]{0,61}[0-9A-Za-z])?$') ? ${value} : '')`;
}
