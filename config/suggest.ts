/** `Did you mean …?`, or what there is to choose from; for names the user may have mistyped. */
export function suggest(name: string, known: readonly string[]): { hint: string } {
  const close = closest(name, known);
  if (close !== undefined) return { hint: `Did you mean \`${close}\`?` };
  if (known.length === 0) return { hint: 'None is defined.' };
  const shown = [...known].sort().slice(0, 20);
  const more = known.length > shown.length ? ` and ${known.length - shown.length} more` : '';
  return { hint: `Known: ${shown.map((each) => `\`${each}\``).join(', ')}${more}.` };
}

/** The known name that differs least, when it is near enough to be a slip. */
export function closest(name: string, known: readonly string[]): string | undefined {
  const plain = simplify(name).slice(0, 64);
  const limit = Math.max(1, Math.floor(plain.length / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    const distance = editDistance(plain, simplify(candidate), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Case and separators are what people mix up most. */
function simplify(name: string): string {
  return name.toLowerCase().replace(/[-_.\s]/g, '');
}

/** Levenshtein's distance; gives up with `limit` as soon as it cannot be less. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) >= limit) return limit;
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const change = left[row - 1] === right[column - 1] ? 0 : 1;
      const costs = [
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + change,
      ];
      current.push(Math.min(...costs));
    }
    previous = current;
  }
  return previous[right.length] ?? limit;
}
