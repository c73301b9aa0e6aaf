/** Text with a certain part, as a value to compare with. */
export function containing(part: string): unknown {
  return expect.stringContaining(part);
}
