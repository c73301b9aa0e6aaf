import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, isFields, joinPath, listAt, textAt, textsAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { allTemplates, findPipelineOfRun, runsOf } from '../tekton.js';
import { readPipelineSpec } from '../tekton/specs.js';
import { findVariables } from '../tekton/variables.js';
import { faultsOfContainer, faultsOfIdentity, faultsOfPodLevel } from './pod-standard.js';
import type { ContainerContext } from './pod-standard.js';

/** A Task, or a taskSpec inside a Pipeline. */
interface TaskPlace {
  readonly manifest: Manifest;
  /** Path of the spec. */
  readonly path: string;
  readonly spec: unknown;
}

/** No scripts, no variables for a shell to read, and steps as Pod Security "restricted" wants them. */
export function checkTaskSecurity(cluster: Cluster): readonly Problem[] {
  const tasks = [
    ...cluster
      .ofKind(kinds.task)
      .map((manifest) => ({ manifest, path: 'spec', spec: fieldAt(manifest.object, 'spec') })),
    ...cluster.ofKind(kinds.pipeline).flatMap((manifest) => embeddedTasks(manifest)),
  ];
  return [...tasks.flatMap(checkTask), ...checkRuns(cluster)];
}

function embeddedTasks(manifest: Manifest): readonly TaskPlace[] {
  return readPipelineSpec(fieldAt(manifest.object, 'spec')).tasks.flatMap((task) => {
    const spec = fieldAt(task.written, 'taskSpec');
    return spec === undefined ? [] : [{ manifest, path: `spec.${task.path}.taskSpec`, spec }];
  });
}

function checkTask(task: TaskPlace): readonly Problem[] {
  const containers = containersOfTask(task.spec);
  const faults = [
    ...faultsOfPodLevel({ volumes: fieldAt(task.spec, 'volumes') }),
    ...containers.flatMap(faultsOfContainer),
  ];
  return [
    ...containers.flatMap(({ path, written }) => checkScript(task, path, written)),
    ...faults.map(({ path, message }) =>
      reportProblem(task.manifest, 'SECURITY_POD', {
        path: joinPath(task.path, path),
        message: `${message}.`,
      }),
    ),
  ];
}

const shells = /^(?:.*\/)?(?:sh|ash|bash|dash|zsh|ksh)$/;

/** Tekton pastes variables into a script before a shell reads it, so their content becomes program. */
function checkScript(task: TaskPlace, path: string, step: unknown): readonly Problem[] {
  const script = textAt(step, 'script');
  if (script !== undefined) {
    const [variable] = findVariables(script);
    const report = {
      path: joinPath(task.path, `${path}.script`),
      hint: 'Run a program and pass values through env.',
    };
    return variable === undefined
      ? [
          reportProblem(task.manifest, 'SECURITY_SCRIPT', {
            ...report,
            message: 'driftloop generates no scripts, and here is one.',
          }),
        ]
      : [
          reportProblem(task.manifest, 'SECURITY_SCRIPT', {
            ...report,
            message: `$(${variable.name}) stands in a script, where its content becomes program.`,
          }),
        ];
  }
  const words = [...textsAt(step, 'command'), ...textsAt(step, 'args')];
  const runsShell = words.some(
    (word, index) => shells.test(word) && words.slice(index + 1).some((next) => /^-\w*c$/.test(next)),
  );
  const [variable] = runsShell ? findVariables(words) : [];
  if (variable === undefined) return [];
  return [
    reportProblem(task.manifest, 'SECURITY_SCRIPT', {
      path: joinPath(task.path, path),
      message: `$(${variable.name}) is handed to a shell as program text.`,
      hint: 'Pass the value through env.',
    }),
  ];
}

/** Who the steps run as is said by the step or by the run. */
function checkRuns(cluster: Cluster): readonly Problem[] {
  return allTemplates(cluster).flatMap((template) => {
    const namespace = template.manifest.object.metadata.namespace ?? '';
    return runsOf(template).flatMap(({ run, path }) => {
      const pod = fieldAt(run, 'spec', 'taskRunTemplate', 'podTemplate');
      const found = new Map<string, Problem>();
      for (const { path: at, message } of faultsOfPodLevel(pod)) {
        const where = `${path}.spec.taskRunTemplate.podTemplate.${at}`;
        found.set(
          where,
          reportProblem(template.manifest, 'SECURITY_POD', { path: where, message: `${message}.` }),
        );
      }
      for (const task of findPipelineOfRun(cluster, run, namespace)?.tasks ?? []) {
        const spec =
          fieldAt(task.written, 'taskSpec') ??
          fieldAt(cluster.find(kinds.task, namespace, task.taskName ?? '')?.object, 'spec');
        for (const container of containersOfTask(spec)) {
          for (const fault of faultsOfIdentity(container, fieldAt(pod, 'securityContext'))) {
            const message = `${fault.message} for ${container.path} of task "${task.name}".`;
            const where = `${path}.spec.taskRunTemplate.podTemplate.securityContext`;
            found.set(message, reportProblem(template.manifest, 'SECURITY_POD', { path: where, message }));
          }
        }
      }
      return [...found.values()];
    });
  });
}

/** Steps and sidecars with their security contexts; a step takes from the stepTemplate what it does not say itself. */
export function containersOfTask(spec: unknown): readonly ContainerContext[] {
  const template = fieldAt(spec, 'stepTemplate', 'securityContext');
  const steps = listAt(spec, 'steps').map((written, index) => ({
    path: `steps[${index}]`,
    written,
    context: { ...toFields(template), ...toFields(fieldAt(written, 'securityContext')) },
  }));
  const sidecars = listAt(spec, 'sidecars').map((written, index) => ({
    path: `sidecars[${index}]`,
    written,
    context: fieldAt(written, 'securityContext'),
  }));
  return [...steps, ...sidecars];
}

function toFields(value: unknown): Readonly<Record<string, unknown>> {
  return isFields(value) ? value : {};
}
