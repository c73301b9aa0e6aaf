/** Codes of problems found by gitops/. */
export const gitopsCodes = {} as const;
