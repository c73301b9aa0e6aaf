import type { Problem } from '../../problems/problem.js';
import { fieldAt, listAt, textAt } from '../fields.js';
import { checkGivenParams } from './given-params.js';
import { checkGraph } from './graph.js';
import { checkDuplicates, checkTaskName } from './names.js';
import { checkPipelineVariables } from './pipeline-variables.js';
import { below } from './reporter.js';
import type { Reporter } from './reporter.js';
import { readGivenParams, readTaskSpec } from './specs.js';
import type { PipelineSpec, PipelineTask, TaskSpec } from './specs.js';
import { checkTask } from './task-rules.js';
import { parseGoDuration } from './timeouts.js';

/** Rules of a Pipeline; `findTask` knows the Tasks of its namespace. */
export function checkPipeline(
  pipeline: PipelineSpec,
  findTask: (name: string) => TaskSpec | undefined,
  report: Reporter,
): readonly Problem[] {
  const specOf = (name: string): TaskSpec | undefined => {
    const task = pipeline.tasks.find((one) => one.name === name);
    return task === undefined ? undefined : specOfTask(task, findTask);
  };
  const names = (list: readonly { readonly name: string }[]): readonly string[] =>
    list.map(({ name }) => name);
  return [
    ...checkDuplicates(names(pipeline.params), 'param', 'params', report),
    ...checkDuplicates(names(pipeline.workspaces), 'workspace', 'workspaces', report),
    ...checkDuplicates(names(pipeline.tasks), 'task', 'tasks', report),
    ...pipeline.tasks.flatMap((task) =>
      checkPipelineTask(task, pipeline, findTask, below(report, task.path)),
    ),
    ...checkGraph(pipeline, report),
    ...checkPipelineVariables(pipeline, specOf, report),
    ...findUnused(pipeline, report),
  ];
}

function checkPipelineTask(
  task: PipelineTask,
  pipeline: PipelineSpec,
  findTask: (name: string) => TaskSpec | undefined,
  report: Reporter,
): readonly Problem[] {
  const spec = specOfTask(task, findTask);
  const embedded = fieldAt(task.written, 'taskSpec');
  return [
    ...checkTaskName(task.name, report),
    ...checkReference(task, spec, report),
    ...checkLimits(task, report),
    ...checkWhen(task, report),
    ...(embedded === undefined ? [] : checkTask(readTaskSpec(embedded), below(report, 'taskSpec'))),
    ...(spec === undefined
      ? []
      : [
          ...checkGivenParams(readGivenParams(task.written), spec.params, `task "${task.name}"`, report),
          ...checkWorkspaces(task, spec, pipeline, report),
        ]),
  ];
}

function specOfTask(
  task: PipelineTask,
  findTask: (name: string) => TaskSpec | undefined,
): TaskSpec | undefined {
  const embedded = fieldAt(task.written, 'taskSpec');
  if (embedded !== undefined) return readTaskSpec(embedded);
  return task.taskName === undefined ? undefined : findTask(task.taskName);
}

function checkReference(
  task: PipelineTask,
  spec: TaskSpec | undefined,
  report: Reporter,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (fieldAt(task.written, 'taskRef', 'apiVersion') !== undefined) {
    problems.push(
      report('TEKTON_REF', {
        path: 'taskRef.apiVersion',
        message: 'a taskRef with apiVersion asks for a custom task, not for a Task.',
        hint: 'Leave apiVersion out.',
      }),
    );
  }
  if (task.taskName !== undefined && spec === undefined) {
    problems.push(
      report('TEKTON_REF', {
        path: 'taskRef.name',
        message: `there is no Task "${task.taskName}" in this namespace.`,
      }),
    );
  }
  return problems;
}

function checkLimits(task: PipelineTask, report: Reporter): readonly Problem[] {
  const problems: Problem[] = [];
  const timeout = fieldAt(task.written, 'timeout');
  if (timeout !== undefined && (typeof timeout !== 'string' || parseGoDuration(timeout) === undefined)) {
    problems.push(
      report('TEKTON_TIMEOUT', { path: 'timeout', message: `${JSON.stringify(timeout)} is no duration.` }),
    );
  }
  const retries = fieldAt(task.written, 'retries');
  if (retries !== undefined && !(Number.isInteger(retries) && Number(retries) >= 0)) {
    problems.push(
      report('TEKTON_RETRIES', {
        path: 'retries',
        message: `${JSON.stringify(retries)} is no number of attempts.`,
      }),
    );
  }
  return problems;
}

function checkWhen(task: PipelineTask, report: Reporter): readonly Problem[] {
  return listAt(task.written, 'when').flatMap((condition, index) => {
    if (fieldAt(condition, 'cel') !== undefined) return [];
    const operator = textAt(condition, 'operator');
    const isComplete =
      (textAt(condition, 'input') ?? '') !== '' &&
      (operator === 'in' || operator === 'notin') &&
      listAt(condition, 'values').length > 0;
    if (isComplete) return [];
    return [
      report('TEKTON_WHEN', {
        path: `when[${index}]`,
        message: `a condition of "${task.name}" needs input, operator in or notin, and values.`,
      }),
    ];
  });
}

function checkWorkspaces(
  task: PipelineTask,
  spec: TaskSpec,
  pipeline: PipelineSpec,
  report: Reporter,
): readonly Problem[] {
  const bound = listAt(task.written, 'workspaces').map((workspace) => ({
    name: textAt(workspace, 'name') ?? '',
    // Tekton takes the same name when none is given.
    workspace: textAt(workspace, 'workspace') ?? textAt(workspace, 'name') ?? '',
  }));
  const missing = spec.workspaces
    .filter(({ name, optional }) => !optional && !bound.some((binding) => binding.name === name))
    .map(({ name }) => `task "${task.name}" needs workspace "${name}", which is not bound.`);
  const unknown = bound
    .filter(({ name }) => !spec.workspaces.some((workspace) => workspace.name === name))
    .map(({ name }) => `task "${task.name}" declares no workspace "${name}".`);
  const undeclared = bound
    .filter(({ workspace }) => !pipeline.workspaces.some(({ name }) => name === workspace))
    .map(({ workspace }) => `the Pipeline declares no workspace "${workspace}".`);
  return [...missing, ...unknown, ...undeclared].map((message) =>
    report('TEKTON_WORKSPACE', { path: 'workspaces', message }),
  );
}

/** An unused param of a Pipeline is not reported: it is what a reader of the run sees of its cause. */
function findUnused(pipeline: PipelineSpec, report: Reporter): readonly Problem[] {
  const used = new Set(
    pipeline.tasks.flatMap((task) =>
      listAt(task.written, 'workspaces').map((one) => textAt(one, 'workspace') ?? textAt(one, 'name')),
    ),
  );
  return pipeline.workspaces.flatMap(({ name }, index) =>
    used.has(name)
      ? []
      : [
          report('TEKTON_UNUSED', {
            path: `workspaces[${index}]`,
            message: `workspace "${name}" is not used.`,
            severity: 'warning',
          }),
        ],
  );
}
