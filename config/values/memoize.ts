/**
 * Remembers the results of a pure function of a text. Whoever checks objects one after the other asks the same few
 * questions about each, so a small memory is enough; a full one starts anew.
 */
export function memoize<T>(work: (text: string) => T, limit = 1000): (text: string) => T {
  const known = new Map<string, { readonly result: T }>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found.result;
    const result = work(text);
    if (known.size >= limit) known.clear();
    known.set(text, { result });
    return result;
  };
}
