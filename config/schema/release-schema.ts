import { z } from 'zod';
import { dnsLabel, labelValue, modelImage, plainText } from './texts.js';

/** `releases/<environment>/<model>.yaml`. */
export const releaseSchema = z.strictObject({
  model: dnsLabel(),
  environment: dnsLabel(),
  version: labelValue,
  image: modelImage,
  releasedAt: z.iso.datetime({ error: 'must be a time in UTC such as `2026-11-21T10:00:00Z`' }),
  by: plainText,
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, {
      error: 'must be a whole commit id: 40 or 64 hexadecimal digits',
    })
    .optional(),
  metrics: z.record(plainText, z.number()).optional(),
});
