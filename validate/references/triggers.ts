import type { Problem } from '../../problems/problem.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, textAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { allTemplates, findPipelineOfRun, runsOf } from '../tekton.js';
import { readBindings } from '../triggers/bindings.js';
import { allTriggers, asRunnable, findTriggers } from '../triggers/listeners.js';
import type { RunnableTrigger } from '../triggers/listeners.js';
import { findTemplate } from '../triggers/resource-templates.js';

/** Triggers have a listener, a template and a value for each of its params; their runs have a Pipeline. */
export function checkTriggers(cluster: Cluster): readonly Problem[] {
  return [
    ...findOrphans(cluster),
    ...allTriggers(cluster).flatMap((trigger) => checkTrigger(cluster, trigger)),
    ...checkRuns(cluster),
  ];
}

function findOrphans(cluster: Cluster): readonly Problem[] {
  const run = new Set(
    cluster
      .visible(kinds.eventListener)
      .flatMap((listener) => findTriggers(cluster, listener).map(({ manifest }) => manifest)),
  );
  return cluster
    .ofKind(kinds.trigger)
    .filter((manifest) => !run.has(asRunnable(manifest).manifest))
    .map((manifest) =>
      reportProblem(manifest, 'REFERENCE_TRIGGER', {
        path: 'metadata.labels',
        message: 'no EventListener selects this Trigger.',
        hint: 'A listener without namespaceSelector selects by labels, in its own namespace.',
      }),
    );
}

function checkTrigger(cluster: Cluster, trigger: RunnableTrigger): readonly Problem[] {
  const template = findTemplate(cluster, trigger);
  const report = (path: string, message: string): Problem =>
    reportProblem(trigger.manifest, 'REFERENCE_TRIGGER', { path: `${trigger.path}.${path}`, message });
  if (template === undefined) {
    return [
      report('template', `there is no TriggerTemplate "${textAt(trigger.spec, 'template', 'ref') ?? ''}".`),
    ];
  }
  const bindings = readBindings(cluster, trigger);
  const missing = bindings
    .filter((binding) => 'missing' in binding)
    .map((binding) => report('bindings', `there is no TriggerBinding "${binding.missing}".`));
  const bound = bindings.filter((binding) => 'name' in binding).map(({ name }) => name);
  const declared = template.params.map(({ name }) => name);
  const unbound = template.params.filter(
    (param) => param.default === undefined && !bound.includes(param.name),
  );
  return [
    ...missing,
    ...unbound.map(({ name }) => report('bindings', `nothing gives the template's param "${name}" a value.`)),
    ...bound
      .filter((name) => !declared.includes(name))
      .map((name) => report('bindings', `binding "${name}" is for no param of the template.`)),
    ...bound
      .filter((name, index) => bound.indexOf(name) !== index)
      .map((name) => report('bindings', `binding "${name}" is there twice.`)),
  ];
}

function checkRuns(cluster: Cluster): readonly Problem[] {
  return allTemplates(cluster).flatMap((template) =>
    runsOf(template).flatMap(({ run, path }) => {
      const namespace = template.manifest.object.metadata.namespace ?? '';
      const isElsewhere = fieldAt(run, 'spec', 'pipelineRef', 'resolver') !== undefined;
      if (isElsewhere || findPipelineOfRun(cluster, run, namespace) !== undefined) return [];
      return [
        reportProblem(template.manifest, 'REFERENCE_PIPELINE', {
          path: `${path}.spec.pipelineRef.name`,
          message: `there is no Pipeline "${textAt(run, 'spec', 'pipelineRef', 'name') ?? ''}" in namespace ${textAt(run, 'metadata', 'namespace') ?? namespace}.`,
        }),
      ];
    }),
  );
}
