import { z } from 'zod';

/** What GitHub says about Git objects, as far as anybody asks. */
export const reference = z.object({ ref: z.string(), object: z.object({ sha: z.string() }) });
const treeEntry = z.object({ path: z.string(), mode: z.string(), type: z.string(), sha: z.string() });
export const tree = z.object({ sha: z.string(), truncated: z.boolean(), tree: z.array(treeEntry) });
export const blob = z.object({ content: z.string(), encoding: z.string(), size: z.number().nullable() });
const person = z.object({ name: z.string(), email: z.string() });
export const commit = z.object({
  sha: z.string(),
  message: z.string(),
  tree: z.object({ sha: z.string() }),
  author: person,
  verification: z.object({ verified: z.boolean(), reason: z.string() }),
});
export const repositoryId = z.object({ repository: z.object({ id: z.string() }) });

export type GitTree = z.output<typeof tree>;
export type GitCommit = z.output<typeof commit>;

/** A file that changes; null removes it. */
export type TreeChange = { readonly path: string; readonly mode: '100644'; readonly type: 'blob' } & (
  { readonly content: string } | { readonly sha: null }
);
