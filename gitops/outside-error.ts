/**
 * Something outside failed: git, a forge, the network, the disk. Neither the user's input nor driftloop is at
 * fault; the command line ends with status 3 and prints message and hint without a stack trace.
 */
export class OutsideError extends Error {
  /** What to do about it, when that is known. */
  readonly hint: string | undefined;

  constructor(
    message: string,
    options: { readonly hint?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
  }
}
