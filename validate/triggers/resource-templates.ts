import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, isFields, listAt, textAt } from '../fields.js';
import type { Fields } from '../fields.js';
import type { TemplateParam } from './bindings.js';
import type { RunnableTrigger } from './listeners.js';

/** A TriggerTemplate, or the one written into a Trigger. */
export interface ResourceTemplate {
  readonly manifest: Manifest;
  /** Path of the template's spec. */
  readonly path: string;
  readonly params: readonly TemplateParam[];
  /** Objects with `$(tt.params.…)` in their texts. */
  readonly resources: readonly Fields[];
}

/** A Trigger's template; undefined: it names one that is not there. */
export function findTemplate(cluster: Cluster, trigger: RunnableTrigger): ResourceTemplate | undefined {
  const inline = fieldAt(trigger.spec, 'template', 'spec');
  if (inline !== undefined) return readTemplate(trigger.manifest, `${trigger.path}.template.spec`, inline);
  const name = textAt(trigger.spec, 'template', 'ref') ?? '';
  const template = cluster.find(kinds.triggerTemplate, trigger.namespace, name);
  return template === undefined
    ? undefined
    : readTemplate(template, 'spec', fieldAt(template.object, 'spec'));
}

export function readTemplate(manifest: Manifest, path: string, spec: unknown): ResourceTemplate {
  return {
    manifest,
    path,
    params: listAt(spec, 'params').map((param) => ({
      name: textAt(param, 'name') ?? '',
      default: textAt(param, 'default'),
    })),
    resources: listAt(spec, 'resourcetemplates').filter(isFields),
  };
}

/** An object a template makes; or why it makes none. */
export type MadeResource = { readonly object: Fields } | { readonly fault: string };

/** Puts values into the JSON text of a template, as Triggers does; `uid` is the same for all of a Trigger. */
export function makeResource(
  resource: Fields,
  values: ReadonlyMap<string, string>,
  uid: string,
): MadeResource {
  let text = JSON.stringify(resource);
  for (const [name, value] of values) {
    // Pipelines does not take `$$(` for an escape, but it is what Triggers writes.
    const escaped = value.replaceAll('$(', () => '$$(');
    text = text.replaceAll(`$(tt.params.${name})`, () => escaped);
  }
  text = text.replaceAll('$(uid)', uid);
  try {
    const object: unknown = JSON.parse(text);
    return isFields(object) ? { object } : { fault: 'the template makes no object' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { fault: `couldn't unmarshal json from the TriggerTemplate: ${reason}` };
  }
}
