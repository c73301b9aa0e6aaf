import {
  applicationName,
  pipelineName,
  projectName,
  projectScopes,
  triggerName,
} from '../../charts/conventions.js';
import { loadWorkspace } from '../../config/load-workspace.js';
import type { KubernetesObject, Manifest } from '../../synth/manifest.js';
import type { Workspace } from '../../config/model.js';
import { everyKindWorkspace, jukeboxWorkspace, render } from '../charts/workspace-fixture.js';

/** Names of objects of the good manifests that the conventions make. */
export const names = {
  trigger: triggerName('jukebox', 'test'),
  pipeline: pipelineName('jukebox'),
  project: projectName('mlops', projectScopes.toolings),
  application: applicationName('mlops', 'toolings'),
} as const;

/** What the charts make of examples/jukebox: nothing is wrong with it. */
export const goodManifests: readonly Manifest[] = renderAll(jukeboxWorkspace);

/** Two models, so that there are alerts and Triggers of somebody else. */
export const manyManifests: readonly Manifest[] = renderAll(everyKindWorkspace);

/** examples/jukebox as it is rendered without releases. */
export function exampleManifests(): readonly Manifest[] {
  const { value, problems } = loadWorkspace('examples/jukebox');
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return renderAll(value);
}

export function renderAll(workspace: Workspace): readonly Manifest[] {
  return render(workspace).flatMap((unit) => unit.manifests);
}

/** Key path in an object → value to be put there; undefined takes away what is there. */
export type Changes = Readonly<Record<string, unknown>>;

/** The good manifests with one object changed; the rest is shared. */
export function mutate(
  kind: string,
  name: string,
  changes: Changes,
  manifests = goodManifests,
): readonly Manifest[] {
  const found = manifests.find(({ object }) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  const object = structuredClone(found.object);
  for (const [path, value] of Object.entries(changes))
    setAt(object, path.split(/[.[\]]+/).filter(Boolean), value);
  return manifests.map((manifest) => (manifest === found ? { ...manifest, object } : manifest));
}

/** Puts a value at a path; undefined takes away what is there. */
export function setAt(target: object, [key = '', ...deeper]: readonly string[], value: unknown): void {
  const fields = target as Record<string, unknown>;
  if (deeper.length === 0) {
    if (value === undefined) Reflect.deleteProperty(fields, key);
    else fields[key] = value;
    return;
  }
  const inner = fields[key] ?? {};
  if (typeof inner !== 'object') throw new Error(`nothing can be put below ${key}`);
  fields[key] = inner;
  setAt(inner, deeper, value);
}

/** The good manifests without some objects. */
export function without(kind: string, name?: string): readonly Manifest[] {
  const rest = goodManifests.filter(
    ({ object }) => object.kind !== kind || (name !== undefined && object.metadata.name !== name),
  );
  if (rest.length === goodManifests.length) throw new Error(`there is no ${kind} ${name ?? ''}`);
  return rest;
}

/** The good manifests and one more object, in the unit of the first one. */
export function withObject(object: KubernetesObject): readonly Manifest[] {
  const [first] = goodManifests;
  if (first === undefined) throw new Error('nothing is rendered');
  return [...goodManifests, { ...first, object }];
}
