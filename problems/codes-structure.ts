/** Codes of problems found by validate/structure.ts. */
export const structureCodes = {} as const;
