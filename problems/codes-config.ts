/** Codes of problems found by config/. */
export const configCodes = {} as const;
