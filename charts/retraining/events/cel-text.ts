import type { SecretKey } from '../../../config/model.js';

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

/** The header with the token of a Secret; comes last, so that a request that fails anyway asks for no Secret. */
export function bearerToken({ name, key }: SecretKey): readonly string[] {
  return [
    `header.canonical('Authorization').startsWith('Bearer ')`,
    `header.canonical('Authorization').replace('Bearer ', '').compareSecret(${celText(key)}, ${celText(name)})`,
  ];
}
