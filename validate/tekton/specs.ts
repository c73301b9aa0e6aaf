import { fieldAt, listAt, textAt, textsAt } from '../fields.js';

/** A param that a Task, Pipeline or taskSpec declares. */
export interface ParamSpec {
  readonly name: string;
  readonly type: ParamType;
  readonly hasDefault: boolean;
  /** Keys of an object param. */
  readonly keys: readonly string[];
}

export type ParamType = 'string' | 'array' | 'object';

export interface WorkspaceSpec {
  readonly name: string;
  readonly optional: boolean;
}

/** What a Task promises and wants. */
export interface TaskSpec {
  readonly params: readonly ParamSpec[];
  readonly results: readonly ParamSpec[];
  readonly workspaces: readonly WorkspaceSpec[];
  readonly written: unknown;
}

/** One entry of `tasks` or `finally`. */
export interface PipelineTask {
  readonly name: string;
  /** Path in the Pipeline's spec: `tasks[2]`. */
  readonly path: string;
  readonly isFinally: boolean;
  readonly runAfter: readonly string[];
  /** undefined: embedded, or a reference of another kind. */
  readonly taskName: string | undefined;
  readonly written: unknown;
}

export interface PipelineSpec {
  readonly params: readonly ParamSpec[];
  readonly workspaces: readonly WorkspaceSpec[];
  readonly tasks: readonly PipelineTask[];
  readonly written: unknown;
}

export const readTaskSpec: (written: unknown) => TaskSpec = rememberFor((written) => {
  return {
    params: readParams(written, 'params'),
    results: readParams(written, 'results'),
    workspaces: readWorkspaces(written),
    written,
  };
});

export const readPipelineSpec: (written: unknown) => PipelineSpec = rememberFor((written) => {
  return {
    params: readParams(written, 'params'),
    workspaces: readWorkspaces(written),
    tasks: [...readTasks(written, 'tasks'), ...readTasks(written, 'finally')],
    written,
  };
});

/** One Task is used by every Pipeline, and a Pipeline is looked at by several checks: each is read once. */
function rememberFor<T>(read: (written: unknown) => T): (written: unknown) => T {
  const known = new WeakMap<object, { readonly read: T }>();
  return (written) => {
    if (typeof written !== 'object' || written === null) return read(written);
    const found = known.get(written) ?? { read: read(written) };
    known.set(written, found);
    return found.read;
  };
}

/** Name and value of a param that is given; the value is a text, a list or an object. */
export interface GivenParam {
  readonly name: string;
  readonly value: unknown;
  readonly path: string;
}

export function readGivenParams(written: unknown): readonly GivenParam[] {
  return listAt(written, 'params').map((param, index) => ({
    name: textAt(param, 'name') ?? '',
    value: fieldAt(param, 'value'),
    path: `params[${index}]`,
  }));
}

/** Type of a value as Tekton reads it. */
export function typeOfValue(value: unknown): ParamType {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' && value !== null ? 'object' : 'string';
}

function readParams(written: unknown, key: 'params' | 'results'): readonly ParamSpec[] {
  return listAt(written, key).map((param) => {
    const preset = fieldAt(param, 'default');
    const properties = fieldAt(param, 'properties');
    return {
      name: textAt(param, 'name') ?? '',
      type: readType(textAt(param, 'type'), preset, properties),
      hasDefault: preset !== undefined,
      keys: Object.keys(typeof properties === 'object' && properties !== null ? properties : {}),
    };
  });
}

function readType(written: string | undefined, preset: unknown, properties: unknown): ParamType {
  if (written === 'string' || written === 'array' || written === 'object') return written;
  if (properties !== undefined) return 'object';
  return preset === undefined ? 'string' : typeOfValue(preset);
}

function readWorkspaces(written: unknown): readonly WorkspaceSpec[] {
  return listAt(written, 'workspaces').map((workspace) => ({
    name: textAt(workspace, 'name') ?? '',
    optional: fieldAt(workspace, 'optional') === true,
  }));
}

function readTasks(written: unknown, key: 'tasks' | 'finally'): readonly PipelineTask[] {
  return listAt(written, key).map((task, index) => ({
    name: textAt(task, 'name') ?? '',
    path: `${key}[${index}]`,
    isFinally: key === 'finally',
    runAfter: textsAt(task, 'runAfter'),
    taskName: isLocalTask(task) ? textAt(task, 'taskRef', 'name') : undefined,
    written: task,
  }));
}

/** Custom tasks and resolvers are not among the rendered objects. */
function isLocalTask(task: unknown): boolean {
  const kind = textAt(task, 'taskRef', 'kind') ?? 'Task';
  return kind === 'Task' && fieldAt(task, 'taskRef', 'resolver') === undefined;
}
