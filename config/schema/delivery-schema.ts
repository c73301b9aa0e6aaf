import { z } from 'zod';
import { commitMakers, deliveryForges, deliveryModes } from '../model-delivery.js';
import { secretKey } from './secret-schema.js';
import { distinct, plainText } from './texts.js';

export const deliveryMode = z
  .enum(deliveryModes)
  .describe(
    'Is it pushed, or does a pull request carry it? Default: the first environment is pushed, the others go by pull request where the repository is on a forge.',
  );

const names = (what: string) => distinct(plainText).describe(what);

export const pullRequestSchema = z.strictObject({
  per: z
    .enum(['environment', 'model'])
    .describe('One pull request for all that changes in an environment, or one per model.'),
  labels: names('Labels it gets.'),
  reviewers: names('Users who are asked for a review.'),
  assignees: names('Users it is assigned to.'),
  draft: z.boolean().describe('Is it opened as a draft?'),
  autoMerge: z.boolean().describe('Does the forge merge it as soon as all it asks for is there?'),
  statuses: z
    .boolean()
    .describe('Are the results of check, rehearsal and plan set as statuses of its commit?'),
});

export const deliverySchema = z.strictObject({
  forge: z
    .enum(deliveryForges)
    .describe(
      'Whose API the host of the repository speaks; Forgejo speaks that of Gitea. Default: by the name of the host.',
    ),
  apiUrl: z
    .url({ protocol: /^https?$/ })
    .describe('Base URL of its REST API. Default: where that forge has it.'),
  tokenSecret: secretKey
    .optional()
    .describe(
      'Secret of the toolings namespace with the token of the forge, for pull requests that runs open. Default none: runs open none.',
    ),
  shared: z
    .enum(deliveryModes)
    .describe('How the units of no environment are delivered: toolings and Applications.'),
  commits: z
    .enum(commitMakers)
    .describe(
      "What makes commits: Git, or the API of GitHub, which needs no Git and signs for an app's token.",
    ),
  signed: z
    .boolean()
    .describe("Must every commit be signed? Otherwise those are that Git's configuration wants signed."),
  pullRequest: pullRequestSchema.partial().describe('What pull requests are like.'),
});
