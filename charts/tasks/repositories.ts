import { z } from 'zod';

/** Params of steps that change release records: where those stand, and the workspace they are rendered from. */
export const repositoryParams = {
  targetRepository: z.string().min(1).describe('URL of the GitOps repository.'),
  targetBranch: z.string().min(1).describe('Branch of the GitOps repository.'),
  sourceRepository: z.string().min(1).describe('URL of the repository with driftloop.yaml.'),
  sourceBranch: z.string().min(1).describe('Branch of the repository with driftloop.yaml.'),
  sourcePath: z.string().min(1).describe('Folder of driftloop.yaml in its repository; "." is the root.'),
} as const;

/** Params that say which version was released. */
export const versionParams = {
  version: z.string().min(1).describe('The version that was released.'),
  image: z.string().min(1).describe('Where the released model is, by digest.'),
} as const;
