import { z } from 'zod';
import { checkCronFields } from '../values/cron.js';
import { positiveDuration, text, timeZone } from './texts.js';

/** An entry of `environments.<env>.syncWindows`. */
export const syncWindowSchema = z.strictObject({
  kind: z
    .enum(['allow', 'deny'])
    .describe('Does Argo CD sync within it, and at no other time; or never within it?'),
  schedule: text(checkCronFields, 'CONFIG_CRON').describe(
    'When it begins: minute, hour, day of month, month, day of week.',
  ),
  duration: positiveDuration.describe('How long it stays open, in whole minutes.'),
  timeZone: timeZone.describe('Of the schedule.'),
  manualSync: z.boolean().describe('May people sync by hand while nothing is synced by itself?'),
});

export const syncWindowsSchema = z
  .array(syncWindowSchema.partial({ timeZone: true, manualSync: true }))
  .min(1)
  .describe('When Argo CD may apply what changes in this environment. Default: at any time.');

export type SyncWindowInput = z.infer<typeof syncWindowsSchema>[number];
