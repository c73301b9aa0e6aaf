/** Words as one line that a POSIX shell takes apart into the same words; Ray runs its entrypoint by one. */
export function quoteWords(words: readonly string[]): string {
  return words
    .map((word) => (/^[-\w./:=@%+,]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
