import type { Problem } from '../problems/problem.js';
import type { Manifest } from '../synth/manifest.js';
import { indexCluster, kinds } from './cluster.js';
import type { Cluster } from './cluster.js';
import { fieldAt, textAt } from './fields.js';
import type { Fields } from './fields.js';
import { checkPipeline } from './tekton/pipeline-rules.js';
import { reporterFor } from './tekton/reporter.js';
import { checkRun } from './tekton/run-rules.js';
import { readPipelineSpec, readTaskSpec } from './tekton/specs.js';
import type { PipelineSpec } from './tekton/specs.js';
import { checkTask } from './tekton/task-rules.js';
import { allTriggers } from './triggers/listeners.js';
import { findTemplate, readTemplate } from './triggers/resource-templates.js';
import type { ResourceTemplate } from './triggers/resource-templates.js';

/** Tasks, Pipelines and the runs that Triggers start: does everything that is named exist and fit? */
export function validateTekton(
  manifests: readonly Manifest[],
  surroundings?: readonly Manifest[],
): readonly Problem[] {
  const cluster = indexCluster(manifests, surroundings);
  return [
    ...cluster
      .ofKind(kinds.task)
      .flatMap((task) => checkTask(readTaskSpec(fieldAt(task.object, 'spec')), reporterFor(task, 'spec'))),
    ...cluster.ofKind(kinds.pipeline).flatMap((pipeline) => checkPipelineObject(cluster, pipeline)),
    ...allTemplates(cluster).flatMap((template) => checkTemplate(cluster, template)),
  ];
}

/** The Pipeline a run names, or holds. */
export function findPipelineOfRun(
  cluster: Cluster,
  run: unknown,
  namespace: string,
): PipelineSpec | undefined {
  const embedded = fieldAt(run, 'spec', 'pipelineSpec');
  if (embedded !== undefined) return readPipelineSpec(embedded);
  const name = textAt(run, 'spec', 'pipelineRef', 'name') ?? '';
  const pipeline = cluster.find(kinds.pipeline, textAt(run, 'metadata', 'namespace') ?? namespace, name);
  return pipeline === undefined ? undefined : readPipelineSpec(fieldAt(pipeline.object, 'spec'));
}

/** TriggerTemplates, and those written into Triggers. */
export function allTemplates(cluster: Cluster): readonly ResourceTemplate[] {
  return [
    ...cluster
      .ofKind(kinds.triggerTemplate)
      .map((manifest) => readTemplate(manifest, 'spec', fieldAt(manifest.object, 'spec'))),
    ...allTriggers(cluster)
      .filter((trigger) => fieldAt(trigger.spec, 'template', 'spec') !== undefined)
      .map((trigger) => findTemplate(cluster, trigger))
      .filter((template) => template !== undefined),
  ];
}

/** The runs of a template and where they stand in it. */
export function runsOf(
  template: ResourceTemplate,
): readonly { readonly run: Fields; readonly path: string }[] {
  return template.resources
    .map((run, index) => ({ run, path: `${template.path}.resourcetemplates[${index}]` }))
    .filter(({ run }) => textAt(run, 'kind') === 'PipelineRun');
}

function checkPipelineObject(cluster: Cluster, manifest: Manifest): readonly Problem[] {
  const findTask = (name: string): ReturnType<typeof readTaskSpec> | undefined => {
    const task = cluster.find(kinds.task, manifest.object.metadata.namespace, name);
    return task === undefined ? undefined : readTaskSpec(fieldAt(task.object, 'spec'));
  };
  const pipeline = readPipelineSpec(fieldAt(manifest.object, 'spec'));
  return checkPipeline(pipeline, findTask, reporterFor(manifest, 'spec'));
}

function checkTemplate(cluster: Cluster, template: ResourceTemplate): readonly Problem[] {
  const namespace = template.manifest.object.metadata.namespace ?? '';
  const problems = runsOf(template).flatMap(({ run, path }) =>
    checkRun(run, findPipelineOfRun(cluster, run, namespace), reporterFor(template.manifest, path)),
  );
  return [...problems, ...checkTemplateParams(template)];
}

function checkTemplateParams(template: ResourceTemplate): readonly Problem[] {
  const report = reporterFor(template.manifest, template.path);
  const text = JSON.stringify(template.resources);
  const used = [...text.matchAll(/\$\(tt\.params\.([^()]+)\)/g)].map(([, name = '']) => name);
  const declared = template.params.map(({ name }) => name);
  return [
    ...[...new Set(used)]
      .filter((name) => !declared.includes(name))
      .map((name) =>
        report('TEKTON_VARIABLE', {
          path: 'resourcetemplates',
          message: `$(tt.params.${name}) is not declared by the template.`,
        }),
      ),
    ...template.params
      .filter(({ name }) => !used.includes(name))
      .map(({ name }) =>
        report('TEKTON_UNUSED', {
          path: 'params',
          message: `param "${name}" of the template is not used.`,
          severity: 'warning',
        }),
      ),
  ];
}
