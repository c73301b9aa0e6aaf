import { z } from 'zod';
import { branch, distinct, filePattern, plainText, repositoryName } from './texts.js';

const from = plainText
  .optional()
  .describe('Which of the `events` of `driftloop.yaml`. Default: the only one that fits.');

/** `triggers` of a model: what starts a run besides its alerts. */
export const triggersSchema = z.strictObject({
  push: z
    .strictObject({
      from,
      repository: repositoryName
        .optional()
        .describe('The repository as the forge calls it: `team/repository`. Default: made of `source.repo`.'),
      branches: distinct(branch)
        .min(1)
        .optional()
        .describe('A push to one of these starts a run. Default: `source.branch`.'),
      paths: distinct(filePattern)
        .optional()
        .describe('Only pushes that touch such a file: `src/**`. Default: every file.'),
      ignorePaths: distinct(filePattern)
        .optional()
        .describe('Files that do not count: `**/*.md`. Default: none.'),
    })
    .optional()
    .describe("A push to the model's own repository; the pushed commit is trained."),
});

export type TriggersInput = z.infer<typeof triggersSchema>;
