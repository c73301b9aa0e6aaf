/** What the process says to the shell. */
export const exitStatus = {
  done: 0,
  /** The input has errors, or the command line was not understood. */
  problems: 1,
  /** `diff --exit-code` found changes. */
  changes: 2,
  /** Something outside failed: git, the forge, the disk. */
  outside: 3,
  /** A fault of driftloop itself. */
  fault: 70,
  /** Ctrl-C, as shells count it. */
  interrupted: 130,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
