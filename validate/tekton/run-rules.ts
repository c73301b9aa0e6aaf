import type { Problem } from '../../problems/problem.js';
import { fieldAt, listAt, textAt } from '../fields.js';
import { checkGivenParams } from './given-params.js';
import { checkTemplateName } from './names.js';
import type { Reporter } from './reporter.js';
import { readGivenParams } from './specs.js';
import type { PipelineSpec } from './specs.js';
import { faultsOfTimeouts, parseGoDuration, readRunLimits, tasksLimit } from './timeouts.js';
import { findVariables } from './variables.js';

/** Rules of a PipelineRun, also of one inside a TriggerTemplate; `pipeline` is undefined when it is not there. */
export function checkRun(
  run: unknown,
  pipeline: PipelineSpec | undefined,
  report: Reporter,
): readonly Problem[] {
  const name = textAt(run, 'metadata', 'name') ?? textAt(run, 'metadata', 'generateName') ?? '';
  const timeouts = fieldAt(run, 'spec', 'timeouts');
  return [
    ...checkTemplateName(name.replace(/-$/, ''), report),
    ...faultsOfTimeouts(timeouts).map(({ key, message }) =>
      report('TEKTON_TIMEOUT', { path: `spec.timeouts.${key}`, message: `${message}.` }),
    ),
    ...checkFields(run, report),
    ...checkVariables(run, report),
    ...(pipeline === undefined ? [] : checkAgainstPipeline(run, pipeline, report)),
  ];
}

function checkAgainstPipeline(run: unknown, pipeline: PipelineSpec, report: Reporter): readonly Problem[] {
  const given = readGivenParams(fieldAt(run, 'spec'));
  const bound = listAt(run, 'spec', 'workspaces').map((workspace) => textAt(workspace, 'name') ?? '');
  const unbound = pipeline.workspaces.filter(({ name, optional }) => !optional && !bound.includes(name));
  const specs = listAt(run, 'spec', 'taskRunSpecs').map((spec) => textAt(spec, 'pipelineTaskName') ?? '');
  return [
    ...checkGivenParams(given, pipeline.params, 'the Pipeline', (code, finding) =>
      report(code, { ...finding, path: `spec.${finding.path ?? ''}` }),
    ),
    ...unbound.map(({ name }) =>
      report('TEKTON_WORKSPACE', {
        path: 'spec.workspaces',
        message: `the Pipeline needs workspace "${name}", which is not bound.`,
      }),
    ),
    ...bound
      .filter((name) => !pipeline.workspaces.some((workspace) => workspace.name === name))
      .map((name) =>
        report('TEKTON_WORKSPACE', {
          path: 'spec.workspaces',
          message: `the Pipeline declares no workspace "${name}".`,
        }),
      ),
    ...specs
      .filter((name) => !pipeline.tasks.some((task) => task.name === name))
      .map((name) =>
        report('TEKTON_TARGET', {
          path: 'spec.taskRunSpecs',
          message: `the Pipeline has no task "${name}".`,
        }),
      ),
    ...checkTaskTimeouts(run, pipeline, report),
  ];
}

/** A task that may take longer than all tasks together never reaches its own limit. */
function checkTaskTimeouts(run: unknown, pipeline: PipelineSpec, report: Reporter): readonly Problem[] {
  const limits = readRunLimits(fieldAt(run, 'spec', 'timeouts'));
  const together = tasksLimit(limits);
  if (together === 0) return [];
  return pipeline.tasks
    .filter((task) => !task.isFinally)
    .flatMap((task) => {
      const own = parseGoDuration(textAt(task.written, 'timeout') ?? '');
      if (own === undefined || own < together) return [];
      return [
        report('TEKTON_TIMEOUT', {
          path: 'spec.timeouts',
          message: `task "${task.name}" may take as long as all tasks of the run together.`,
          hint: 'Give the run more time, or the task less.',
        }),
      ];
    });
}

/** Fields of v1beta1 that v1 drops without a word, so that the run starts with other rights. */
function checkFields(run: unknown, report: Reporter): readonly Problem[] {
  return ['serviceAccountName', 'podTemplate', 'timeout', 'resources']
    .filter((key) => fieldAt(run, 'spec', key) !== undefined)
    .map((key) =>
      report('TEKTON_RUN_FIELD', {
        path: `spec.${key}`,
        message: `v1 has no spec.${key}: the API server drops it and the run starts without it.`,
        hint: 'Use taskRunTemplate and timeouts.',
      }),
    );
}

/** Tekton expands nothing in annotations, where a person's text may stand. */
function checkVariables(run: unknown, report: Reporter): readonly Problem[] {
  return findVariables(run)
    .filter(({ path }) => !path.startsWith('metadata.annotations'))
    .filter(
      ({ name, parts }) => !(parts[0] === 'tt' || name === 'uid' || name.startsWith('context.pipelineRun.')),
    )
    .map(({ name, path }) =>
      report('TEKTON_VARIABLE', { path, message: `$(${name}) is not known in a PipelineRun.` }),
    );
}
