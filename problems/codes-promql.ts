/** Codes of problems found by validate/promql.ts. */
export const promqlCodes = {} as const;
