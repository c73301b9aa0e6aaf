/** Prints what happens and when, in seconds since the start. */
export class Timeline {
  private readonly start = Date.now();

  /** Adds a line. */
  note(text: string): void {
    const seconds = ((Date.now() - this.start) / 1000).toFixed(1).padStart(6);
    process.stderr.write(`${seconds} s  ${text}\n`);
  }
}
