import { z } from 'zod';
import { unknownPolicies } from '../../config/model-admission.js';
import type { Admission, ClockInterval } from '../../config/model-admission.js';

const range = z.strictObject({ start: z.int(), end: z.int() }).readonly();
const ranges = z.array(range).readonly();
const numbers = z.array(z.int()).readonly();

const interval = z.strictObject({
  name: z.string(),
  location: z.string(),
  times: ranges,
  weekdays: numbers,
  daysOfMonth: ranges,
  months: numbers,
  years: ranges,
}) satisfies z.ZodType<ClockInterval>;

/** What a model demands before a run of it may start, as the step reads it. */
export const admissionPolicy = z.strictObject({
  freeze: z.array(interval).default([]),
  maxRunsPerDay: z.int().min(0).default(0),
  maxFailures: z.int().min(0).default(0),
  /** Whose alerts are looked up, and where; left out: nobody's. */
  alerts: z.strictObject({ alertmanager: z.url(), environments: z.array(z.string()) }).optional(),
  samples: z.strictObject({ prometheus: z.url(), query: z.string(), minimum: z.number() }).optional(),
  whenUnknown: z.enum(unknownPolicies),
});

export type AdmissionPolicy = z.output<typeof admissionPolicy>;

/** As it travels: what is left out demands nothing. */
export type AdmissionDemands = z.input<typeof admissionPolicy>;

/** Which demand refused a run, for labels and metrics. */
export const refusals = [
  'handled',
  'cooldown',
  'busy',
  'failures',
  'frozen',
  'runs-per-day',
  'alert-gone',
  'samples',
] as const;

export type Refusal = (typeof refusals)[number];

/** The policy that demands nothing but what always holds. */
export const openPolicy: AdmissionPolicy = {
  freeze: [],
  maxRunsPerDay: 0,
  maxFailures: 0,
  whenUnknown: 'admit' satisfies Admission['whenUnknown'],
};
