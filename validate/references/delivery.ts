import type { Problem } from '../../problems/problem.js';
import { describeObject } from '../../synth/manifest.js';
import type { Manifest } from '../../synth/manifest.js';
import { groupOf, kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { listAt, textAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { checkDestinations, folderOf, readDestination, sourcePath } from './destinations.js';

/** Applications have a project and a unit, and the project permits every object of the unit. */
export function checkDelivery(cluster: Cluster): readonly Problem[] {
  return [
    ...findAround(cluster).flatMap((application) => checkPermission(cluster, application)),
    ...cluster
      .ofKind(kinds.application)
      .flatMap((application) => [
        ...checkApplication(cluster, application),
        ...checkPermission(cluster, application),
      ]),
    ...checkDestinations(cluster),
  ];
}

/** Applications by their folders, of surroundings that are the same for many models. */
const indexes = new WeakMap<Cluster, ReadonlyMap<string, readonly Manifest[]>>();

/** Applications that are judged elsewhere, of folders in which something is judged here. */
function findAround({ around, manifests }: Cluster): readonly Manifest[] {
  if (around === undefined) return [];
  const index = indexes.get(around) ?? indexApplications(around);
  indexes.set(around, index);
  const folders = new Set(manifests.map(({ unit }) => unit.directory));
  return [...folders].flatMap((folder) => index.get(folder) ?? []);
}

function indexApplications(cluster: Cluster): ReadonlyMap<string, readonly Manifest[]> {
  const index = new Map<string, readonly Manifest[]>();
  for (const application of cluster.ofKind(kinds.application)) {
    const folder = folderOf(application);
    if (folder !== undefined) index.set(folder, [...(index.get(folder) ?? []), application]);
  }
  return index;
}

function checkApplication(cluster: Cluster, application: Manifest): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (path: string, message: string) =>
    problems.push(reportProblem(application, 'REFERENCE_APPLICATION', { path, message }));
  const folder = folderOf(application);
  if (folder !== undefined && cluster.inFolder(folder).length === 0)
    report(
      [...sourcePath(application.object), 'path'].join('.'),
      `nothing is rendered into folder "${folder}".`,
    );
  const project = projectOf(cluster, application);
  if (project === undefined) report('spec.project', `there is no AppProject "${projectName(application)}".`);
  else problems.push(...checkSource(application, project));
  return problems;
}

/** What of an Application's folder is judged, may stand where it goes. */
function checkPermission(cluster: Cluster, application: Manifest): readonly Problem[] {
  const project = projectOf(cluster, application);
  if (project === undefined) return [];
  const folder = folderOf(application);
  const foreign = folder === undefined;
  const objects = foreign ? [] : cluster.inFolder(folder);
  const own = textAt(application.object, 'spec', 'destination', 'namespace') ?? '';
  const destinations = new Map([
    ...(foreign && cluster.judges(application) ? [[own, 'what the chart holds'] as const] : []),
    ...objects.map(({ object }) => [object.metadata.namespace ?? own, describeObject(object)] as const),
  ]);
  return [
    ...[...destinations].flatMap(([namespace, what]) =>
      checkDestination(application, project, namespace, what),
    ),
    ...checkKinds(project, objects),
  ];
}

function projectName({ object }: Manifest): string {
  return textAt(object, 'spec', 'project') ?? '';
}

function projectOf(cluster: Cluster, application: Manifest): Manifest | undefined {
  return cluster.find(kinds.appProject, application.object.metadata.namespace, projectName(application));
}

function checkSource(application: Manifest, project: Manifest): readonly Problem[] {
  const path = [...sourcePath(application.object), 'repoURL'];
  const repository = textAt(application.object, ...path) ?? '';
  const allowed = listAt(project.object, 'spec', 'sourceRepos').some((pattern) =>
    matchesGlob(pattern, repository),
  );
  return allowed ? [] : [refused(application, project, path.join('.'), `reading from ${repository}`)];
}

function checkDestination(
  application: Manifest,
  project: Manifest,
  namespace: string,
  written: string,
): readonly Problem[] {
  const found = readDestination(application);
  if ('fault' in found) return [];
  const allowed = listAt(project.object, 'spec', 'destinations').some(
    (destination) =>
      matchesGlob(textAt(destination, found.key) ?? '', found.value) &&
      matchesGlob(textAt(destination, 'namespace') ?? '', namespace),
  );
  if (allowed) return [];
  const what = `writing ${written} to namespace ${namespace} of ${found.value}`;
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

function matchesGlob(pattern: unknown, text: string): boolean {
  if (typeof pattern !== 'string') return false;
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
