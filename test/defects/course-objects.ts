import type { KubernetesObject } from '../../synth/manifest.js';
import { objectsOf, render } from '../charts/workspace-fixture.js';
import { goodTree, loadTree } from '../config/dialects/course/course-tree.js';
import { stages } from '../config/dialects/course/stages.js';

/** What is rendered from the course's tree as it stands at the end, with every flag of its pipeline. */
export function renderCourse(
  files: Readonly<Record<string, string | undefined>> = {},
): readonly KubernetesObject[] {
  return objectsOf(render(loadTree({ ...stages.final, ...alertsOfBoth, ...files }).workspace));
}

/** The last chapter sends the alerts of both environments to the pipeline. */
const path = 'model-deployments/prod/alerting/config.yaml';
const alertsOfBoth = { [path]: goodTree[path] };

export function ofKind(
  objects: readonly KubernetesObject[],
  ...kinds: string[]
): readonly KubernetesObject[] {
  const found = objects.filter(({ kind }) => kinds.includes(kind));
  if (found.length === 0) throw new Error(`nothing of ${kinds.join(', ')} is rendered`);
  return found;
}

/** Objects as one text, for what must or must not stand anywhere in them. */
export function textOf(objects: readonly KubernetesObject[]): string {
  return JSON.stringify(objects);
}

export function inNamespace(
  objects: readonly KubernetesObject[],
  namespace: string,
): readonly KubernetesObject[] {
  return objects.filter(({ metadata }) => metadata.namespace === namespace);
}
