import { z } from 'zod';

/** A value for such a param. Tekton would expand `$(…)`, and reads no escape of its own; JSON has one. */
export function formatJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('$(', '$\\u0028');
}

/** A param that holds a structure: it travels as JSON, because a Task's params are text. */
export function jsonParam<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}
