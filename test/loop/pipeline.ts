import { z } from 'zod';

/** What of Tekton's objects the interpreter understands; anything else in them is refused, so that nothing is skipped in silence. */
const named = z.strictObject({ name: z.string(), value: z.string() });

const secretKey = z.strictObject({ name: z.string(), key: z.string() });

const variable = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .strictObject({ secretKeyRef: secretKey.optional(), fieldRef: z.unknown() })
    .partial()
    .optional(),
});

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
  workingDir: z.string().optional(),
  env: z.array(variable).default([]),
  script: z.never().optional(),
});

const taskSpec = z.strictObject({
  description: z.string().optional(),
  params: z.array(z.looseObject({ name: z.string(), default: z.string().optional() })).default([]),
  results: z.array(z.looseObject({ name: z.string() })).default([]),
  workspaces: z.array(z.looseObject({ name: z.string(), readOnly: z.boolean().optional() })).default([]),
  volumes: z.array(z.looseObject({ name: z.string() })).default([]),
  steps: z.array(container),
});

const pipelineTask = z.strictObject({
  name: z.string(),
  taskRef: z.strictObject({ kind: z.literal('Task'), name: z.string() }).optional(),
  taskSpec: taskSpec.optional(),
  params: z.array(named).default([]),
  runAfter: z.array(z.string()).default([]),
  when: z
    .array(
      z.strictObject({ input: z.string(), operator: z.enum(['in', 'notin']), values: z.array(z.string()) }),
    )
    .default([]),
  workspaces: z.array(z.strictObject({ name: z.string(), workspace: z.string() })).default([]),
  timeout: z.string(),
  retries: z.number().default(0),
});

const pipelineSpec = z.strictObject({
  description: z.string().optional(),
  params: z.array(z.looseObject({ name: z.string(), default: z.string().optional() })).default([]),
  workspaces: z.array(z.looseObject({ name: z.string() })).default([]),
  tasks: z.array(pipelineTask),
  finally: z.array(pipelineTask).default([]),
  results: z.array(z.looseObject({ name: z.string(), value: z.string() })).default([]),
});

const runSpec = z.looseObject({
  pipelineRef: z.strictObject({ name: z.string() }),
  params: z.array(named).default([]),
  taskRunTemplate: z.looseObject({ serviceAccountName: z.string() }),
  taskRunSpecs: z
    .array(z.looseObject({ pipelineTaskName: z.string(), serviceAccountName: z.string().optional() }))
    .default([]),
});

export type TaskSpec = z.output<typeof taskSpec>;
export type PipelineTask = z.output<typeof pipelineTask>;
export type PipelineSpec = z.output<typeof pipelineSpec>;
export type RunSpec = z.output<typeof runSpec>;
export type Container = z.output<typeof container>;

export const readPipeline = (spec: unknown): PipelineSpec => pipelineSpec.parse(spec);
export const readTask = (spec: unknown): TaskSpec => taskSpec.parse(spec);
export const readRun = (spec: unknown): RunSpec => runSpec.parse(spec);

/** Replaces `$(name)` by what is known, in one pass: what stands in a value is text. What nobody knows throws. */
export function substitute(text: string, known: ReadonlyMap<string, string>): string {
  return text.replace(/\$\(([^()\s]+)\)/g, (_, name: string) => {
    const value = known.get(name);
    if (value === undefined) throw new Error(`nobody knows $(${name})`);
    return value;
  });
}

/** Names of the tasks whose results a task uses. */
export function listNeeds(task: PipelineTask): readonly string[] {
  const texts = [...task.params.map(({ value }) => value), ...task.when.map(({ input }) => input)];
  return texts.flatMap((text) =>
    [...text.matchAll(/\$\(tasks\.([^.]+)\.results\.[^)]+\)/g)].map(([, name = '']) => name),
  );
}
