import { z } from 'zod';
import { failureResult } from '../charts/tasks/step-contract.js';
import type { RunOutcome } from '../charts/tasks/run-events.js';
import type { KubernetesApi } from './kubernetes-api.js';
import { StepFailure } from './step-failure.js';

/** How a run ended, read off its tasks. */
export interface RunReport {
  readonly outcome: RunOutcome;
  /** Which demand refused it, or which task failed; '' when it ended well. */
  readonly reason: string;
  /** What happened, in one sentence. */
  readonly sentence: string;
  /** Results of its tasks that are worth remembering; undefined: it did not come so far. */
  readonly version: string | undefined;
  readonly image: string | undefined;
  readonly commit: string | undefined;
  readonly metrics: string | undefined;
  readonly pullRequest: string | undefined;
}

const pipelineRun = z.object({
  status: z
    .object({
      childReferences: z
        .array(z.object({ kind: z.string().optional(), name: z.string(), pipelineTaskName: z.string() }))
        .optional(),
    })
    .optional(),
});

const taskRun = z.object({
  status: z
    .object({
      conditions: z
        .array(z.object({ type: z.string(), status: z.string(), message: z.string().optional() }))
        .optional(),
      results: z.array(z.object({ name: z.string(), value: z.unknown() })).optional(),
    })
    .optional(),
});

/** A task of a run that has come to its turn. */
interface Task {
  readonly stage: string;
  readonly failed: boolean;
  readonly message: string;
  readonly results: ReadonlyMap<string, string>;
}

/**
 * Results of tasks are looked up, not handed over: Tekton leaves out a task of `finally` without a word when a result
 * that it takes is missing, and so it would be for every run that failed.
 */
export async function readReport(api: KubernetesApi, run: string): Promise<RunReport> {
  const tasks = await listTasks(api, run);
  const result = (stage: string, name: string) =>
    tasks.find((task) => task.stage === stage)?.results.get(name);
  const facts = {
    version: result('release', 'version'),
    image: result('release', 'image'),
    commit: result('release', 'commit'),
    metrics: result('evaluate', 'summary'),
    pullRequest: findPullRequest(result('promote', 'pullRequest')),
  };
  const failed = tasks.find((task) => task.failed);
  if (failed !== undefined) {
    const sentence = failed.results.get(failureResult.name) ?? failed.message;
    return { ...facts, outcome: 'failed', reason: failed.stage, sentence };
  }
  if (result('admit', 'admitted') === 'false') {
    const sentence = result('admit', 'reason') ?? '';
    return { ...facts, outcome: 'refused', reason: result('admit', 'refusal') ?? '', sentence };
  }
  const { version } = facts;
  if (version !== undefined)
    return { ...facts, outcome: 'released', reason: '', sentence: `version ${version} was released.` };
  return {
    ...facts,
    outcome: 'trained',
    reason: '',
    sentence: 'the model was trained and is released nowhere.',
  };
}

/** In the order in which they came to their turn. */
async function listTasks(api: KubernetesApi, run: string): Promise<readonly Task[]> {
  const { data } = pipelineRun.safeParse(await api.read('pipelineruns', run));
  if (data === undefined)
    throw new StepFailure(`The PipelineRun ${run} is gone, or has not the shape of one.`);
  const children = data.status?.childReferences ?? [];
  const tasks = children
    .filter(({ kind = 'TaskRun' }) => kind === 'TaskRun')
    .map(async ({ name, pipelineTaskName }) => readTask(pipelineTaskName, await api.read('taskruns', name)));
  return Promise.all(tasks);
}

/** What cannot be read any more must not pass for good. */
function readTask(stage: string, object: unknown): Task {
  if (object === undefined)
    return { stage, failed: true, message: `the TaskRun of ${stage} is gone.`, results: new Map() };
  const { conditions = [], results = [] } = taskRun.safeParse(object).data?.status ?? {};
  const succeeded = conditions.find(({ type }) => type === 'Succeeded');
  return {
    stage,
    failed: succeeded?.status === 'False',
    message: shorten(succeeded?.message ?? `task ${stage} failed.`),
    results: new Map(
      results.flatMap(({ name, value }) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  };
}

/** Words of others may be of any length; annotations share a limit. */
function shorten(text: string): string {
  return text.length <= messageLimit ? text : `${text.slice(0, messageLimit)}…`;
}

const messageLimit = 600;

/** A promotion that has nothing to open says so with a word. */
function findPullRequest(text: string | undefined): string | undefined {
  return text?.startsWith('http') === true ? text : undefined;
}
