import { z } from 'zod';
import { dnsLabel, labelValue, modelImage, plainText } from './texts.js';

const time = z.iso.datetime({ error: 'must be a time in UTC such as `2026-11-21T10:00:00Z`' });

/** `releases/<environment>/<model>.yaml`. */
export const releaseSchema = z.strictObject({
  model: dnsLabel(),
  environment: dnsLabel(),
  version: labelValue,
  image: modelImage,
  releasedAt: time,
  by: plainText,
  origin: z.strictObject({ environment: dnsLabel(), releasedAt: time, by: plainText }).optional(),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, {
      error: 'must be a whole commit id: 40 or 64 hexadecimal digits',
    })
    .optional(),
  metrics: z.record(plainText, z.number()).optional(),
  spread: z.record(plainText, z.strictObject({ deviation: z.number(), count: z.int().min(1) })).optional(),
  gates: z
    .record(
      plainText,
      z.strictObject({ wanted: z.string().max(500), outcome: z.enum(['passed', 'not compared']) }),
    )
    .optional(),
  dataSnapshot: z.string().max(200).optional(),
  verified: z.strictObject({ environment: dnsLabel(), at: time, by: plainText }).optional(),
  pinned: z
    .strictObject({ at: time, by: plainText, insteadOf: labelValue, reason: plainText.optional() })
    .optional(),
});

/** `releases/.quarantine/<model>.yaml`. */
export const quarantineSchema = z.strictObject({
  model: dnsLabel(),
  versions: z.array(
    z.strictObject({
      version: labelValue,
      image: modelImage,
      at: time,
      by: plainText,
      reason: plainText.optional(),
    }),
  ),
});
