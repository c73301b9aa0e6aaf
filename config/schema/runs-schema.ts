import { z } from 'zod';
import { logFormats, runEvents } from '../model-runs.js';
import { certificateSource } from './receiver-schema.js';
import { distinct, dnsLabel } from './texts.js';
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

const template = z.string().min(1).max(10_000);

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
  notify: z
    .strictObject({
      receivers: distinct(dnsLabel(40)).min(1).describe('Names of `receivers` that are told of runs.'),
      on: distinct(z.enum(runEvents))
        .min(1)
        .optional()
        .describe('What they are told of. Default `[refused, failed, released, proposed]`.'),
      title: template.optional().describe('Template of the title, such as `{{ model }} {{ event }}`.'),
      text: template
        .optional()
        .describe(
          'Template of the text. Fields: `model`, `environment`, `event`, `run`, `startedBy`, `reason`, `summary`, `version`, `image`, `metrics`, `pullRequest`.',
        ),
    })
    .optional()
    .describe('Who is told how runs begin and end, besides by alerts.'),
  alertmanager: server('Where admission asks whether an alert still fires.'),
});

export type RunsInput = z.infer<typeof runsSchema>;
