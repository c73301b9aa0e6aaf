import type { Problem } from '../../problems/problem.js';
import type { Reporter } from './reporter.js';
import { below } from './reporter.js';
import type { PipelineSpec, PipelineTask } from './specs.js';
import { findVariables } from './variables.js';

/** runAfter targets, cycles, and what stands in `finally`. */
export function checkGraph(pipeline: PipelineSpec, report: Reporter): readonly Problem[] {
  const tasks = new Map(pipeline.tasks.map((task) => [task.name, task]));
  return [
    ...pipeline.tasks.flatMap((task) => checkOrder(task, tasks, below(report, task.path))),
    ...findCycle(pipeline.tasks.filter((task) => !task.isFinally)).map((cycle) =>
      report('TEKTON_CYCLE', { path: 'tasks', message: `tasks wait for each other: ${cycle.join(' → ')}.` }),
    ),
  ];
}

/** Names of the tasks that must be over before a task starts. */
export function predecessorsOf(task: PipelineTask): readonly string[] {
  const used = findVariables(task.written)
    .filter(({ parts }) => parts[0] === 'tasks' && parts[2] === 'results')
    .map(({ parts }) => parts[1] ?? '');
  return [...new Set([...task.runAfter, ...used])];
}

function checkOrder(
  task: PipelineTask,
  tasks: ReadonlyMap<string, PipelineTask>,
  report: Reporter,
): readonly Problem[] {
  if (task.isFinally && task.runAfter.length > 0) {
    return [
      report('TEKTON_FINALLY', {
        path: 'runAfter',
        message: `"${task.name}" stands in finally, where all tasks start together; runAfter is refused there.`,
      }),
    ];
  }
  return task.runAfter.flatMap((target, index) => {
    const found = tasks.get(target);
    if (found !== undefined && !found.isFinally) return [];
    return [
      report('TEKTON_TARGET', {
        path: `runAfter[${index}]`,
        message: `"${task.name}" waits for "${target}", which is no task of the Pipeline${found === undefined ? '' : ' outside finally'}.`,
      }),
    ];
  });
}

/** One cycle at most: the first that is met. */
function findCycle(tasks: readonly PipelineTask[]): readonly (readonly string[])[] {
  const predecessors = new Map(tasks.map((task) => [task.name, predecessorsOf(task)]));
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): readonly string[] | undefined => {
    const start = trail.indexOf(name);
    if (start >= 0) return [...trail.slice(start), name];
    if (done.has(name)) return undefined;
    for (const before of predecessors.get(name) ?? []) {
      const cycle = visit(before, [...trail, name]);
      if (cycle !== undefined) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const task of tasks) {
    const cycle = visit(task.name, []);
    if (cycle !== undefined) return [cycle.toReversed()];
  }
  return [];
}
