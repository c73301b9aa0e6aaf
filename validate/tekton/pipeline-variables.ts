import type { Problem } from '../../problems/problem.js';
import { fieldAt, fieldsWithout } from '../fields.js';
import type { Reporter } from './reporter.js';
import type { ParamSpec, PipelineSpec, PipelineTask, TaskSpec } from './specs.js';
import { findVariables } from './variables.js';
import type { Variable } from './variables.js';

/** The Task behind a pipeline task's name; undefined: not known here. */
export type TaskLookup = (taskName: string) => TaskSpec | undefined;

const contextVariables = new Set([
  'context.pipeline.name',
  'context.pipelineRun.name',
  'context.pipelineRun.namespace',
  'context.pipelineRun.uid',
  'context.pipelineTask.retries',
]);

/** Every `$(…)` of a Pipeline means something that is there. An embedded taskSpec has variables of its own. */
export function checkPipelineVariables(
  pipeline: PipelineSpec,
  specOf: TaskLookup,
  report: Reporter,
): readonly Problem[] {
  const check = (value: unknown, path: string, place: Place): readonly Problem[] =>
    findVariables(value, path).flatMap((variable) => {
      const fault = faultOf(variable, pipeline, specOf, place);
      return fault === undefined ? [] : [report(fault.code, { path: variable.path, message: fault.message })];
    });
  return [
    ...pipeline.tasks.flatMap((task) =>
      check(fieldsWithout(task.written, 'taskSpec'), task.path, task.isFinally ? 'finally' : 'tasks'),
    ),
    ...check(fieldAt(pipeline.written, 'results'), 'results', 'results'),
  ];
}

type Place = 'tasks' | 'finally' | 'results';

interface VariableFault {
  readonly code: 'TEKTON_VARIABLE' | 'TEKTON_RESULT' | 'TEKTON_FINALLY';
  readonly message: string;
}

function faultOf(
  { name, parts }: Variable,
  pipeline: PipelineSpec,
  specOf: TaskLookup,
  place: Place,
): VariableFault | undefined {
  const [root, first, second, third] = parts;
  switch (root ?? '') {
    case 'params':
      return faultOfParam(name, parts, pipeline.params);
    case 'context':
      return contextVariables.has(name) ? undefined : unknown(name);
    case 'workspaces': {
      const isDeclared = pipeline.workspaces.some((workspace) => workspace.name === first);
      return isDeclared && second === 'bound' ? undefined : unknown(name);
    }
    case 'tasks':
      if (first === 'status' && parts.length === 2) return onlyInFinally(name, place);
      if (parts.length === 3 && (second === 'status' || second === 'reason')) {
        return findTask(pipeline, first) === undefined ? unknown(name) : onlyInFinally(name, place);
      }
      return second === 'results' || second === 'outputs'
        ? faultOfResult(name, findTask(pipeline, first), third ?? '', specOf, place)
        : unknown(name);
    case 'finally':
      return place === 'results' && second === 'results'
        ? faultOfResult(name, findTask(pipeline, first), third ?? '', specOf, place)
        : unknown(name);
    default:
      return unknown(name);
  }
}

/** Also for the params of a Task. */
export function faultOfParam(
  name: string,
  [, param, key]: readonly string[],
  declared: readonly ParamSpec[],
): VariableFault | undefined {
  const spec = declared.find((one) => one.name === param);
  if (spec === undefined)
    return { code: 'TEKTON_VARIABLE', message: `$(${name}): no param "${param ?? ''}" is declared.` };
  if (spec.type === 'object' && key !== undefined && key !== '*' && !spec.keys.includes(key)) {
    return { code: 'TEKTON_VARIABLE', message: `$(${name}): param "${spec.name}" has no property "${key}".` };
  }
  return undefined;
}

function faultOfResult(
  name: string,
  task: PipelineTask | undefined,
  result: string,
  specOf: TaskLookup,
  place: Place,
): VariableFault | undefined {
  if (task === undefined) return unknown(name);
  if (task.isFinally && place !== 'results') {
    return {
      code: 'TEKTON_FINALLY',
      message: `$(${name}): "${task.name}" stands in finally, nothing can wait for its results.`,
    };
  }
  const spec = specOf(task.name);
  if (spec === undefined || spec.results.some((declared) => declared.name === result)) return undefined;
  return {
    code: 'TEKTON_RESULT',
    message: `$(${name}): task "${task.name}" declares no result "${result}".`,
  };
}

function onlyInFinally(name: string, place: Place): VariableFault | undefined {
  if (place === 'finally') return undefined;
  return { code: 'TEKTON_FINALLY', message: `$(${name}) is known only in finally.` };
}

function unknown(name: string): VariableFault {
  return { code: 'TEKTON_VARIABLE', message: `$(${name}) is not known here.` };
}

function findTask(pipeline: PipelineSpec, name: string | undefined): PipelineTask | undefined {
  return pipeline.tasks.find((task) => task.name === name);
}
