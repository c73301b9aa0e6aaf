/** Codes of problems found by validate/. */
export const validateCodes = {} as const;
