import type { Problem } from '../../problems/problem.js';
import { fieldAt, fieldsWithout, listAt, textAt } from '../fields.js';
import type { Fields } from '../fields.js';
import { checkDuplicates } from './names.js';
import { faultOfParam } from './pipeline-variables.js';
import type { Reporter } from './reporter.js';
import type { TaskSpec } from './specs.js';
import { findVariables } from './variables.js';
import type { Variable } from './variables.js';

const contextVariables = new Set([
  'context.task.name',
  'context.task.retry-count',
  'context.taskRun.name',
  'context.taskRun.namespace',
  'context.taskRun.uid',
]);

/** Rules of a Task, and of a taskSpec inside a Pipeline. */
export function checkTask(task: TaskSpec, report: Reporter): readonly Problem[] {
  const names = (key: 'params' | 'results' | 'workspaces'): readonly string[] =>
    task[key].map(({ name }) => name);
  return [
    ...checkDuplicates(names('params'), 'param', 'params', report),
    ...checkDuplicates(names('results'), 'result', 'results', report),
    ...checkDuplicates(names('workspaces'), 'workspace', 'workspaces', report),
    ...checkSteps(task, report),
    ...checkVariables(task, report),
    ...findUnusedParams(task, report),
  ];
}

function checkSteps(task: TaskSpec, report: Reporter): readonly Problem[] {
  const steps = listAt(task.written, 'steps');
  if (steps.length === 0) return [report('TEKTON_STEPS', { message: 'the Task has no steps.' })];
  return steps.flatMap((step, index) => {
    const keys = ['command', 'script', 'ref'] as const;
    if (keys.some((key) => fieldAt(step, key) !== undefined)) return [];
    return [
      report('TEKTON_STEPS', {
        path: `steps[${index}]`,
        message: `step "${textAt(step, 'name') ?? ''}" has no command: Tekton would ask the registry for the image's entrypoint before each run.`,
        hint: 'Write the command out.',
        severity: 'warning',
      }),
    ];
  });
}

function checkVariables(task: TaskSpec, report: Reporter): readonly Problem[] {
  return findVariables(withoutDeclarations(task.written)).flatMap((variable) => {
    if (/(^|\.)script$/.test(variable.path)) return []; // A variable in a script is a matter of security.
    const message = faultOf(variable, task);
    return message === undefined ? [] : [report('TEKTON_VARIABLE', { path: variable.path, message })];
  });
}

function faultOf(variable: Variable, task: TaskSpec): string | undefined {
  const { name, parts } = variable;
  const [root, first, second] = parts;
  switch (root ?? '') {
    case 'params':
    case 'inputs':
      return faultOfParam(name, parts, task.params)?.message;
    case 'results':
      return task.results.some((result) => result.name === first) && second === 'path'
        ? undefined
        : unknown(name);
    case 'workspaces':
      return task.workspaces.some((workspace) => workspace.name === first) ? undefined : unknown(name);
    case 'context':
      return contextVariables.has(name) ? undefined : unknown(name);
    case 'steps':
    case 'step':
    case 'credentials':
      return undefined;
    default:
      return isEnvironmentVariable(name, variable.path, task) ? undefined : unknown(name);
  }
}

/** Kubernetes replaces `$(NAME)` in commands, args and values of the environment. */
function isEnvironmentVariable(name: string, path: string, task: TaskSpec): boolean {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return false;
  const step = /^(steps|sidecars)\[(\d+)\]/.exec(path);
  const owners = [
    fieldAt(task.written, 'stepTemplate'),
    ...(step === null ? [] : [listAt(task.written, step[1] ?? '')[Number(step[2])]]),
  ];
  return owners.some((owner) => listAt(owner, 'env').some((entry) => textAt(entry, 'name') === name));
}

function findUnusedParams(task: TaskSpec, report: Reporter): readonly Problem[] {
  const used = new Set(
    findVariables(withoutDeclarations(task.written))
      .filter(({ parts }) => parts[0] === 'params')
      .map(({ parts }) => parts[1]),
  );
  return task.params.flatMap((param, index) =>
    used.has(param.name)
      ? []
      : [
          report('TEKTON_UNUSED', {
            path: `params[${index}]`,
            message: `param "${param.name}" is not used.`,
            severity: 'warning',
          }),
        ],
  );
}

/** Descriptions and defaults are texts of their own. */
function withoutDeclarations(written: unknown): Fields {
  return fieldsWithout(written, 'params', 'results', 'description');
}

function unknown(name: string): string {
  return `$(${name}) is not known here.`;
}
