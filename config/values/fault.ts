/** Why a value is refused: a sentence without the value's name, and what to do. */
export interface ValueFault {
  /** Continues `the value …`: `is not a duration`. */
  readonly message: string;
  readonly hint?: string;
  /** The value holds a secret, so that no message may repeat it. */
  readonly secret?: boolean;
}

/** Looks at one text; undefined when it is fine. */
export type ValueCheck = (text: string) => ValueFault | undefined;
