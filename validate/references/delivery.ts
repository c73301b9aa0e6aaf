import type { Problem } from '../../problems/problem.js';
import { describeObject } from '../../synth/manifest.js';
import type { Manifest } from '../../synth/manifest.js';
import { groupOf, kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { listAt, textAt } from '../fields.js';
import { reportProblem } from '../report.js';

/** Applications have a project and a unit, and the project permits every object of the unit. */
export function checkDelivery(cluster: Cluster): readonly Problem[] {
  return cluster.ofKind(kinds.application).flatMap((application) => checkApplication(cluster, application));
}

function checkApplication(cluster: Cluster, application: Manifest): readonly Problem[] {
  const name = textAt(application.object, 'spec', 'project') ?? '';
  const project = cluster.find(kinds.appProject, application.object.metadata.namespace, name);
  const path = (textAt(application.object, 'spec', 'source', 'path') ?? '').replace(/\/$/, '');
  const objects = cluster.manifests.filter((manifest) => manifest.unit.directory === path);
  const problems: Problem[] = [];
  if (objects.length === 0) {
    const message = `nothing is rendered into folder "${path}".`;
    problems.push(reportProblem(application, 'REFERENCE_APPLICATION', { path: 'spec.source.path', message }));
  }
  if (project === undefined) {
    const message = `there is no AppProject "${name}".`;
    problems.push(reportProblem(application, 'REFERENCE_APPLICATION', { path: 'spec.project', message }));
    return problems;
  }
  const namespaces = new Map(objects.map((manifest) => [targetNamespace(application, manifest), manifest]));
  return [
    ...problems,
    ...checkSource(application, project),
    ...[...namespaces].flatMap(([namespace, manifest]) =>
      checkDestination(application, project, namespace, manifest),
    ),
    ...checkKinds(project, objects),
  ];
}

function checkSource(application: Manifest, project: Manifest): readonly Problem[] {
  const repository = textAt(application.object, 'spec', 'source', 'repoURL') ?? '';
  const allowed = listAt(project.object, 'spec', 'sourceRepos').some((pattern) =>
    matchesGlob(pattern, repository),
  );
  return allowed ? [] : [refused(application, project, 'spec.source.repoURL', `reading from ${repository}`)];
}

function checkDestination(
  application: Manifest,
  project: Manifest,
  namespace: string,
  manifest: Manifest,
): readonly Problem[] {
  const server = textAt(application.object, 'spec', 'destination', 'server') ?? '';
  const allowed = listAt(project.object, 'spec', 'destinations').some(
    (destination) =>
      matchesGlob(textAt(destination, 'server') ?? '', server) &&
      matchesGlob(textAt(destination, 'namespace') ?? '', namespace),
  );
  if (allowed) return [];
  const what = `writing ${describeObject(manifest.object)} to namespace ${namespace} of ${server}`;
  return [refused(application, project, 'spec.destination', what)];
}

function checkKinds(project: Manifest, objects: readonly Manifest[]): readonly Problem[] {
  const seen = new Map(
    objects.map((manifest) => [`${groupOf(manifest.object)}/${manifest.object.kind}`, manifest]),
  );
  return [...seen.values()]
    .filter((manifest) => !permits(project, manifest))
    .map((manifest) => refused(manifest, project, 'kind', `kind ${manifest.object.kind}`));
}

function permits(project: Manifest, { object }: Manifest): boolean {
  const list =
    object.metadata.namespace === undefined ? 'clusterResourceWhitelist' : 'namespaceResourceWhitelist';
  return listAt(project.object, 'spec', list).some(
    (entry) =>
      matchesGlob(textAt(entry, 'group') ?? '', groupOf(object)) &&
      matchesGlob(textAt(entry, 'kind') ?? '', object.kind) &&
      matchesGlob(textAt(entry, 'name') ?? '*', object.metadata.name),
  );
}

function refused(manifest: Manifest, project: Manifest, path: string, what: string): Problem {
  return reportProblem(manifest, 'REFERENCE_PROJECT', {
    path,
    message: `${describeObject(project.object)} does not permit ${what}.`,
    hint: 'Argo CD would apply nothing of the whole unit.',
  });
}

function targetNamespace(application: Manifest, manifest: Manifest): string {
  return (
    manifest.object.metadata.namespace ?? textAt(application.object, 'spec', 'destination', 'namespace') ?? ''
  );
}

function matchesGlob(pattern: unknown, text: string): boolean {
  if (typeof pattern !== 'string') return false;
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
