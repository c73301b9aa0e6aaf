/** Text with a certain part, as a value to compare with. */
export function containing(part: string): unknown {
  return expect.stringContaining(part);
}

/** Text of a certain form, as a value to compare with. */
export function matching(form: RegExp): unknown {
  return expect.stringMatching(form);
}
