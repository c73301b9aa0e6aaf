import { failureResult } from '../../charts/tasks/step-contract.js';
import { listNeeds, substitute } from './pipeline.js';
import type { Container, PipelineSpec, PipelineTask, RunSpec, TaskSpec } from './pipeline.js';

export type TaskState = 'Succeeded' | 'Failed' | 'Skipped';

export interface TaskRecord {
  readonly state: TaskState;
  readonly results: ReadonlyMap<string, string>;
  /** How often it was tried. */
  readonly attempts: number;
  readonly log: readonly string[];
}

export interface RunRecord {
  /** As the condition of a PipelineRun says it. */
  readonly status: 'True' | 'False';
  readonly reason: 'Succeeded' | 'Completed' | 'Failed' | 'Cancelled';
  readonly tasks: ReadonlyMap<string, TaskRecord>;
  readonly results: ReadonlyMap<string, string>;
}

/** One container of a task, with everything filled in. */
export interface Execution {
  readonly task: string;
  readonly account: string;
  readonly container: Container;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly workingDir: string | undefined;
  /** Go's notation. */
  readonly timeout: string;
}

export interface ExecutionOutcome {
  readonly succeeded: boolean;
  readonly results: ReadonlyMap<string, string>;
  readonly log: readonly string[];
}

export interface Surroundings {
  readonly run: { readonly name: string; readonly namespace: string };
  readonly taskSpecOf: (task: string) => TaskSpec;
  /** Folder that stands for the run's volume. */
  readonly volume: string;
  readonly secretOf: (name: string, key: string) => string;
  readonly execute: (execution: Execution) => Promise<ExecutionOutcome>;
  readonly onTask?: (name: string, record: TaskRecord) => void;
  /** Nothing new begins once it is aborted, but what stands in `finally`. */
  readonly cancelled?: AbortSignal;
}

/**
 * Runs a PipelineRun as Tekton does, as far as our Pipelines go: order by runAfter and results, when, params, retries,
 * workspaces, accounts, `finally`, and the run's results. It reads what is rendered, and nothing of how it was made.
 */
export async function interpret(
  spec: RunSpec,
  pipeline: PipelineSpec,
  around: Surroundings,
): Promise<RunRecord> {
  const known = new Map<string, string>([
    ['context.pipelineRun.name', around.run.name],
    ['context.pipelineRun.namespace', around.run.namespace],
    ...readParams(spec, pipeline),
  ]);
  const tasks = new Map<string, TaskRecord>();
  const settle = (task: PipelineTask, record: TaskRecord) => {
    tasks.set(task.name, record);
    for (const [name, value] of record.results) known.set(`tasks.${task.name}.results.${name}`, value);
    around.onTask?.(task.name, record);
  };
  const waiting = [...pipeline.tasks];
  let failed = false;
  while (waiting.length > 0 && !failed && around.cancelled?.aborted !== true) {
    const ready = waiting.filter((task) => before(task).every((name) => tasks.has(name)));
    if (ready.length === 0)
      throw new Error(`${waiting.map(({ name }) => name).join(', ')} wait for each other`);
    waiting.splice(0, waiting.length, ...waiting.filter((task) => !ready.includes(task)));
    const records = await Promise.all(ready.map((task) => perform(task, spec, known, tasks, around)));
    ready.forEach((task, index) => {
      const record = records[index];
      if (record !== undefined) settle(task, record);
    });
    failed = records.some(({ state }) => state === 'Failed');
  }
  const status = describeStatus(failed, tasks, around);
  known.set('tasks.status', status.reason);
  for (const { name } of pipeline.tasks) known.set(`tasks.${name}.status`, tasks.get(name)?.state ?? 'None');
  for (const task of pipeline.finally) settle(task, await perform(task, spec, known, tasks, around));
  const endFailed = pipeline.finally.some(({ name }) => tasks.get(name)?.state === 'Failed');
  const results = new Map(
    pipeline.results.flatMap(({ name, value }) => {
      try {
        return [[name, substitute(value, known)] as const];
      } catch {
        // Results of what did not run are left out.
        return [];
      }
    }),
  );
  return { ...(endFailed ? { status: 'False', reason: 'Failed' } : status), tasks, results };
}

function describeStatus(
  failed: boolean,
  tasks: ReadonlyMap<string, TaskRecord>,
  { cancelled }: Surroundings,
): Pick<RunRecord, 'status' | 'reason'> {
  if (cancelled?.aborted === true) return { status: 'False', reason: 'Cancelled' };
  if (failed) return { status: 'False', reason: 'Failed' };
  const skipped = [...tasks.values()].some(({ state }) => state === 'Skipped');
  return { status: 'True', reason: skipped ? 'Completed' : 'Succeeded' };
}

function readParams({ params }: RunSpec, pipeline: PipelineSpec): readonly (readonly [string, string])[] {
  const given = new Map(params.map(({ name, value }) => [name, value]));
  const unknown = [...given.keys()].filter((name) => !pipeline.params.some((param) => param.name === name));
  if (unknown.length > 0) throw new Error(`the Pipeline has no params ${unknown.join(', ')}`);
  return pipeline.params.map(({ name, default: otherwise }) => {
    const value = given.get(name) ?? otherwise;
    if (value === undefined) throw new Error(`the run gives no ${name}`);
    return [`params.${name}`, value];
  });
}

function before(task: PipelineTask): readonly string[] {
  return [...task.runAfter, ...listNeeds(task)];
}

async function perform(
  task: PipelineTask,
  spec: RunSpec,
  known: ReadonlyMap<string, string>,
  done: ReadonlyMap<string, TaskRecord>,
  around: Surroundings,
): Promise<TaskRecord> {
  const skipped: TaskRecord = { state: 'Skipped', results: new Map(), attempts: 0, log: [] };
  // Tekton skips what needs a result of a task that was skipped.
  if (listNeeds(task).some((name) => done.get(name)?.state !== 'Succeeded')) return skipped;
  const wanted = task.when.every(
    ({ input, operator, values }) => values.includes(substitute(input, known)) === (operator === 'in'),
  );
  if (!wanted) return skipped;
  const log: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptTask(task, spec, known, around);
    log.push(...outcome.log);
    if (outcome.succeeded) return { state: 'Succeeded', results: outcome.results, attempts: attempt, log };
    if (attempt > task.retries || around.cancelled?.aborted === true)
      return { state: 'Failed', results: outcome.results, attempts: attempt, log };
  }
}

/** The containers of a Pod, one after the other; the first that fails is the end. */
async function attemptTask(
  task: PipelineTask,
  spec: RunSpec,
  known: ReadonlyMap<string, string>,
  around: Surroundings,
): Promise<ExecutionOutcome> {
  const taskSpec = task.taskSpec ?? around.taskSpecOf(task.taskRef?.name ?? '');
  const inner = new Map<string, string>([
    ['context.pipelineRun.name', around.run.name],
    ['context.taskRun.name', `${around.run.name}-${task.name}`],
    ...task.workspaces.map(({ name }) => [`workspaces.${name}.path`, around.volume] as const),
    ...task.params.map(({ name, value }) => [`params.${name}`, substitute(value, known)] as const),
  ]);
  for (const { name, default: otherwise } of taskSpec.params)
    if (!inner.has(`params.${name}`) && otherwise !== undefined) inner.set(`params.${name}`, otherwise);
  const account = spec.taskRunSpecs.find(({ pipelineTaskName }) => pipelineTaskName === task.name);
  const results = new Map<string, string>();
  const log: string[] = [];
  for (const container of taskSpec.steps) {
    const outcome = await around.execute({
      task: task.name,
      account: account?.serviceAccountName ?? spec.taskRunTemplate.serviceAccountName,
      container,
      env: readVariables(container, inner, around),
      command: [...container.command, ...container.args].map((word) => substitute(word, inner)),
      workingDir: container.workingDir === undefined ? undefined : substitute(container.workingDir, inner),
      timeout: task.timeout,
    });
    log.push(...outcome.log);
    for (const [name, value] of outcome.results) results.set(name, value);
    if (!outcome.succeeded) return { succeeded: false, results, log };
  }
  const missing = taskSpec.results.filter(({ name }) => name !== failureResult.name && !results.has(name));
  if (missing.length > 0) log.push(`no results: ${missing.map(({ name }) => name).join(', ')}`);
  return { succeeded: true, results, log };
}

function readVariables(
  { env }: Container,
  inner: ReadonlyMap<string, string>,
  { secretOf }: Surroundings,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    env.flatMap(({ name, value, valueFrom }) => {
      const secret = valueFrom?.secretKeyRef;
      if (secret !== undefined) return [[name, secretOf(secret.name, secret.key)]];
      return value === undefined ? [] : [[name, substitute(value, inner)]];
    }),
  );
}
