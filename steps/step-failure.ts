/** An expected failure: one sentence for people, and what results there are nevertheless. */
export class StepFailure extends Error {
  constructor(
    message: string,
    readonly results: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
