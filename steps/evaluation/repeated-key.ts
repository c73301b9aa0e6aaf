/** Strings, and the characters that begin and end objects and lists or stand between their parts. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;

/**
 * A key that an object of a JSON text has twice, of which `JSON.parse` would silently take the last.
 * @param text JSON that was parsed already
 * @returns undefined: there is none
 */
export function findRepeatedKey(text: string): string | undefined {
  /** Keys of the objects around a token; a list has none. */
  const stack: (Set<string> | undefined)[] = [];
  let last: string | undefined;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{') stack.push(new Set());
    else if (token === '[') stack.push(undefined);
    else if (token === '}' || token === ']') stack.pop();
    else if (token === ':' && last !== undefined) {
      const keys = stack.at(-1);
      // The same name can be written in several ways: "a" and "\u0061".
      const key = String(JSON.parse(last));
      if (keys?.has(key) === true) return key;
      keys?.add(key);
    }
    last = token.startsWith('"') ? token : undefined;
  }
  return undefined;
}
