import { z } from 'zod';
import { logFormats } from '../model-runs.js';
import { certificateSource } from './receiver-schema.js';
import type { RefusedText } from './texts.js';
import { secretKey } from './secret-schema.js';

const ca = certificateSource
  .superRefine(({ secret, configMap }, context) => {
    if ((secret === undefined) !== (configMap === undefined)) return;
    const fault = { message: 'does not name one place', hint: 'Give one of `secret` and `configMap`.' };
    const params: RefusedText = { problem: 'CONFIG_VALUE', fault };
    context.addIssue({ code: 'custom', message: fault.message, params });
  })
  .describe("Certificate of the authority that signed the server's. Default: those Node trusts.");

/** How a step reaches a server. */
export const serverAccess = {
  url: z.url({ protocol: /^https?$/ }).describe('As a Pod of the toolings namespace reaches it.'),
  tokenSecret: secretKey.optional().describe('Secret of the toolings namespace with a bearer token for it.'),
  ca: ca.optional(),
};

const server = (words: string) => z.strictObject(serverAccess).optional().describe(words);

/** `runs` of `driftloop.yaml`. */
export const runsSchema = z.strictObject({
  log: z.enum(logFormats).describe('Lines for people, or one JSON object per line.'),
  prometheus: server('Where admission asks for samples.'),
  alertmanager: server('Where admission asks whether an alert still fires.'),
});

export type RunsInput = z.infer<typeof runsSchema>;
