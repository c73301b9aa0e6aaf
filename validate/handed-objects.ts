import { train } from '../charts/tasks/train.js';
import { taskName } from '../charts/tasks/step-contract.js';
import type { KubernetesObject, Manifest } from '../synth/manifest.js';
import { kindOf, kinds } from './cluster.js';
import { fieldAt, isFields, listAt, textAt } from './fields.js';
import { readPipelineSpec } from './tekton/specs.js';

/** The objects that a Pipeline's step will create, which stand in it as text, as if they were rendered. */
export function listHandedObjects(manifest: Manifest): readonly Manifest[] {
  if (kindOf(manifest.object) !== kinds.pipeline) return [];
  return readPipelineSpec(fieldAt(manifest.object, 'spec')).tasks.flatMap(({ taskName: name, written }) => {
    if (name !== taskName(train)) return [];
    const params = listAt(written, 'params').filter((param) => textAt(param, 'name') === 'object');
    return params.map((param) => ({ ...manifest, object: readObject(textAt(param, 'value') ?? '') }));
  });
}

/** Text that is no object is one without kind, which no schema knows. */
function readObject(text: string): KubernetesObject {
  const nothing = { apiVersion: '', kind: '', metadata: { name: '' } };
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? { ...nothing, ...value } : nothing;
  } catch {
    return nothing;
  }
}
