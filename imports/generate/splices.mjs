import { coreRef } from './kubernetes.mjs';
import { mapSchema } from './crds.mjs';

/**
 * Fills the holes of the upstream schemas: places that accept anything because the project could not
 * describe them (recursion, values of several types), although its controller does not accept anything.
 */

/** Tekton's ParamValue; a number would be rewritten to text by the webhook, and Argo CD reports that for ever. */
const paramValue = {
  anyOf: [
    { type: 'string' },
    { type: 'array', items: { type: 'string' } },
    { type: 'object', additionalProperties: { type: 'string' } },
  ],
};

const podTemplateFields = {
  affinity: coreRef('Affinity'),
  securityContext: coreRef('PodSecurityContext'),
  volumes: { type: 'array', items: coreRef('Volume') },
};

/** Definition names of the specs that stand inside others. */
const taskSpecName = 'tekton.dev/v1.TaskSpec';
const pipelineSpecName = 'tekton.dev/v1.PipelineSpec';
const embeddedTaskName = 'tekton.dev/v1.EmbeddedTask';

/** Returns the filled kinds and the definitions that their references name. */
export function fillHoles(kinds) {
  const find = (kind) => kinds.find((entry) => entry.kind === kind).schema;
  const taskSpec = fillTekton(find('Task').properties.spec);
  const pipelineSpec = fillTekton(find('Pipeline').properties.spec);
  const configs = kinds.filter(({ kind }) => kind === 'AlertmanagerConfig').map(fillConfig);
  const definitions = {
    [taskSpecName]: taskSpec,
    [embeddedTaskName]: embedTask(taskSpec),
    [pipelineSpecName]: pipelineSpec,
    ...Object.fromEntries(configs.map(({ routeName, route }) => [routeName, route])),
  };
  const specs = {
    Task: { $ref: taskSpecName },
    Pipeline: { $ref: pipelineSpecName },
    PipelineRun: fillTekton(find('PipelineRun').properties.spec),
  };
  return {
    definitions,
    kinds: kinds.map((entry) => {
      const spec = specs[entry.kind] ?? configs.find(({ schema }) => schema === entry.schema)?.spec;
      return spec === undefined ? entry : { ...entry, schema: withProperties(entry.schema, { spec }) };
    }),
  };
}

/** A route has child routes of its own kind, in each version. */
function fillConfig({ apiVersion, schema }) {
  const { spec } = schema.properties;
  const { route } = spec.properties;
  const routeName = `${apiVersion}.Route`;
  return {
    schema,
    routeName,
    route: withProperties(route, { routes: { ...route.properties.routes, items: { $ref: routeName } } }),
    spec: withProperties(fillReceivers(spec), { route: { $ref: routeName } }),
  };
}

/** The operator accepts web addresses only, but its schema any text. */
function fillReceivers(spec) {
  return mapSchema(spec, (node, path) =>
    path === 'receivers[].webhookConfigs[].url' ? { ...node, pattern: '^https?://.+$' } : node,
  );
}

function fillTekton(spec) {
  return mapSchema(spec, (node, path) => {
    // The webhook gives steps without a name an empty one before the API server looks for it.
    if (/(^|\.)steps\[\]$/.test(path)) return withoutRequired(node, 'name');
    if (node['x-kubernetes-preserve-unknown-fields'] !== true) return node;
    const field = path.split('.').pop();
    if (field === 'taskSpec') return { $ref: embeddedTaskName };
    if (field === 'pipelineSpec') return { $ref: pipelineSpecName };
    if (field === 'volumeClaimTemplate') return coreRef('PersistentVolumeClaim');
    if (field === 'value' || field === 'default') return paramValue;
    if (podTemplateFields[field] !== undefined) return podTemplateFields[field];
    throw new Error(`no filling for the hole ${path} (generate/splices.mjs)`);
  });
}

/** What a Pipeline's `taskSpec` takes besides a Task's: pkg/apis/pipeline/v1/pipeline_types.go, EmbeddedTask. */
function embedTask(taskSpec) {
  const texts = { type: 'object', additionalProperties: { type: 'string' } };
  return withProperties(taskSpec, {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: {
      type: 'object',
      properties: {
        labels: { ...texts, format: 'labels' },
        annotations: { ...texts, format: 'annotations' },
      },
    },
    spec: { 'x-kubernetes-preserve-unknown-fields': true },
  });
}

function withoutRequired(schema, field) {
  return { ...schema, required: schema.required?.filter((name) => name !== field) ?? [] };
}

function withProperties(schema, properties) {
  return { ...schema, properties: { ...schema.properties, ...properties } };
}
