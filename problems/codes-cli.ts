/** Codes of problems with what stands on the command line. */
export const cliCodes = {
  CLI_UNKNOWN_NAME: {
    meaning: 'The command line names an environment or a model that the workspace does not have.',
    cause:
      'A slip, or another workspace: `-C` says which folder is meant. The hint lists the names there are.',
  },
  CLI_FILE_UNREADABLE: {
    meaning: 'A file named on the command line cannot be read, or does not hold what it should.',
    cause:
      'The path is relative to the current directory, not to `-C`. Payloads are JSON; header files hold one `Name: value` per line.',
  },
  CLI_OUTPUTS_OVERLAP: {
    meaning: 'Two directories that are to be replaced as a whole are the same, or one is inside the other.',
    cause: '`--output` and `--promtool-tests` each make a tree of their own. Put them beside each other.',
  },
  CLI_FILE_EXISTS: {
    meaning: '`driftloop init` would have to overwrite a file.',
    cause: 'It never overwrites: choose an empty directory with `-C`, or remove the file first.',
  },
  CLI_VALUE_INVALID: {
    meaning: 'An option or argument has a value of the wrong form.',
    cause: 'The message says which form is expected; `driftloop <verb> --help` describes every option.',
  },
} as const;
