import type { Problem } from '../../problems/problem.js';
import { describeObject, directories } from '../../synth/manifest.js';
import type { Manifest } from '../../synth/manifest.js';
import { groupOf, kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, listAt, textAt } from '../fields.js';
import { reportProblem } from '../report.js';

/** Applications have a project and a unit, and the project permits every object of the unit. */
export function checkDelivery(cluster: Cluster): readonly Problem[] {
  return [
    ...cluster.ofKind(kinds.application).flatMap((application) => checkApplication(cluster, application)),
    ...growing.flatMap((directory) => checkSize(directory, cluster.inFolder(directory))),
  ];
}

/** Folders of one Application that every model adds to. */
const growing = [directories.applications, directories.toolings];

/** So many objects of one Application fit into 1.5 MiB of etcd, with their state and that of the last sync. */
const objectLimit = 4000;

function checkSize(directory: string, objects: readonly Manifest[]): readonly Problem[] {
  const [first] = objects;
  if (first === undefined || objects.length <= objectLimit) return [];
  return [
    reportProblem(first, 'REFERENCE_APPLICATION_SIZE', {
      severity: 'warning',
      message: `folder "${directory}" has ${objects.length} objects; Argo CD may fail to store the state of more than ${objectLimit}.`,
      hint:
        directory === directories.applications
          ? 'Write `argocd: { style: applicationset }`, which keeps the Applications out of this folder.'
          : 'Divide the models among several platforms.',
    }),
  ];
}

function checkApplication(cluster: Cluster, application: Manifest): readonly Problem[] {
  const name = textAt(application.object, 'spec', 'project') ?? '';
  const project = cluster.find(kinds.appProject, application.object.metadata.namespace, name);
  const path = (textAt(application.object, 'spec', 'source', 'path') ?? '').replace(/\/$/, '');
  const foreign = isForeign(application);
  const objects = foreign ? [] : cluster.inFolder(path);
  const problems: Problem[] = [];
  if (objects.length === 0 && !foreign) {
    const message = `nothing is rendered into folder "${path}".`;
    problems.push(reportProblem(application, 'REFERENCE_APPLICATION', { path: 'spec.source.path', message }));
  }
  if (project === undefined) {
    const message = `there is no AppProject "${name}".`;
    problems.push(reportProblem(application, 'REFERENCE_APPLICATION', { path: 'spec.project', message }));
    return problems;
  }
  const own = textAt(application.object, 'spec', 'destination', 'namespace') ?? '';
  const destinations = new Map([
    ...(foreign ? [[own, 'what the chart holds'] as const] : []),
    ...objects.map(({ object }) => [object.metadata.namespace ?? own, describeObject(object)] as const),
  ]);
  return [
    ...problems,
    ...checkSource(application, project),
    ...[...destinations].flatMap(([namespace, what]) =>
      checkDestination(application, project, namespace, what),
    ),
    ...checkKinds(project, objects),
  ];
}

/** A Helm chart's objects are rendered by Argo CD, from a repository of others. */
function isForeign(application: Manifest): boolean {
  return fieldAt(application.object, 'spec', 'source', 'helm') !== undefined;
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
  written: string,
): readonly Problem[] {
  const server = textAt(application.object, 'spec', 'destination', 'server') ?? '';
  const allowed = listAt(project.object, 'spec', 'destinations').some(
    (destination) =>
      matchesGlob(textAt(destination, 'server') ?? '', server) &&
      matchesGlob(textAt(destination, 'namespace') ?? '', namespace),
  );
  if (allowed) return [];
  const what = `writing ${written} to namespace ${namespace} of ${server}`;
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
