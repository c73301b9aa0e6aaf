import { z } from 'zod';
import type { Gates } from '../../config/model.js';

const number = z.number();
const band = z.strictObject({ min: number, max: number });

const improvement = z.strictObject({
  better: z.enum(['higher', 'lower']),
  minImprovement: number.optional(),
  tolerance: number.optional(),
  test: z.strictObject({ significance: number, minSamples: number, minEffect: number }).optional(),
});

const list = <T extends z.ZodType>(items: T) => z.array(items).default([]);

const gates: z.ZodType<Gates> = z.strictObject({
  metrics: list(
    z.strictObject({
      metric: z.string().min(1),
      min: number.optional(),
      max: number.optional(),
      improvement: improvement.optional(),
    }) as z.ZodType<Gates['metrics'][number]>, // JSON leaves out what is undefined, and the type does not.
  ),
  fairness: list(
    z.strictObject({ metric: z.string().min(1), reference: z.string().min(1), spd: band, dir: band }),
  ),
  latency: list(z.strictObject({ percentile: z.string().min(1), max: number })),
  champion: z.strictObject({
    environment: z.string().optional(),
    first: z.enum(['pass', 'fail']),
    data: z.enum(['same', 'any']),
  }) as z.ZodType<Gates['champion']>, // For the same reason.
});

/** Gates travel as one text, because a Task's param cannot hold a list of objects. */
export const gatesParam = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(gates);

/** The param's text; of what is empty it says nothing. */
export function formatGates({ metrics, fairness, latency, champion }: Gates): string {
  return JSON.stringify({
    ...(metrics.length > 0 && { metrics }),
    ...(fairness.length > 0 && { fairness }),
    ...(latency.length > 0 && { latency }),
    champion,
  });
}
