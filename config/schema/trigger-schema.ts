import { z } from 'zod';
import {
  branch,
  bucketName,
  cron,
  distinct,
  filePattern,
  keyPart,
  plainText,
  positiveDuration,
  repositoryName,
  timeZone,
} from './texts.js';

const from = plainText
  .optional()
  .describe('Which of the `events` of `driftloop.yaml`. Default: the only one that fits.');

const pushed = {
  from,
  repository: repositoryName
    .optional()
    .describe('The repository as the forge calls it: `team/repository`. Default: made of `source.repo`.'),
  branches: distinct(branch)
    .min(1)
    .optional()
    .describe('A push to one of these starts a run. Default: `source.branch`.'),
};

/** `triggers` of a model: what starts a run besides its alerts. */
export const triggersSchema = z.strictObject({
  push: z
    .strictObject({
      ...pushed,
      paths: distinct(filePattern)
        .optional()
        .describe('Only pushes that touch such a file: `src/**`. Default: every file.'),
      ignorePaths: distinct(filePattern)
        .optional()
        .describe('Files that do not count: `**/*.md`. Default: none.'),
    })
    .optional()
    .describe("A push to the model's own repository; the pushed commit is trained."),
  data: z
    .strictObject({
      ...pushed,
      paths: distinct(filePattern)
        .min(1)
        .optional()
        .describe('The files that stand for the data. Default: those of DVC, `**/*.dvc` and `dvc.lock`.'),
    })
    .optional()
    .describe('New data, as a push of the files that DVC keeps for it; the pushed commit is trained.'),
  objects: z
    .strictObject({
      from,
      bucket: bucketName.describe('The bucket.'),
      prefix: keyPart
        .optional()
        .describe('Only objects whose key begins like this: `jukebox/`. Default: any.'),
      suffix: keyPart.optional().describe('Only objects whose key ends like this: `_SUCCESS`. Default: any.'),
    })
    .optional()
    .describe("A write of an object to a bucket; the branch's newest commit is trained."),
  registry: z
    .strictObject({
      from,
      model: plainText.describe('Name of the registered model.'),
      alias: plainText
        .optional()
        .describe('A version gets this alias. Without it and without `tag`: a new version.'),
      tag: z
        .strictObject({
          key: plainText.describe('Key of the tag.'),
          value: plainText.optional().describe('Value of the tag. Default: any.'),
        })
        .optional()
        .describe('A version gets this tag.'),
    })
    .optional()
    .describe("An event of a model registry; the branch's newest commit is trained."),
  schedule: z
    .strictObject({
      cron: cron.describe('When: minute, hour, day of month, month, day of week.'),
      timeZone: timeZone.optional().describe('Of the schedule. Default `Etc/UTC`.'),
      startingDeadline: positiveDuration
        .optional()
        .describe('A start that was missed is made up for within this time. Default 1h.'),
    })
    .optional()
    .describe('A run at fixed times.'),
  manual: z
    .boolean()
    .optional()
    .describe('May whoever has the token of `alerting.tokenSecret` start a run by a request? Default false.'),
});

export type TriggersInput = z.infer<typeof triggersSchema>;
