import type { Problem } from '../problems/problem.js';
import { directories } from '../synth/manifest.js';
import type { Manifest } from '../synth/manifest.js';
import { reportProblem } from './report.js';
import { describe } from './structure.js';
import { IdentityIndex } from './structure/identity-index.js';

/** Folders of one Application that every model adds to. */
const growing = [directories.applications, directories.toolings] as const;

/** So many objects of one Application fit into 1.5 MiB of etcd, with their state and that of the last sync. */
const objectLimit = 4000;

/** Counts all objects, whoever they belong to: none is there twice, and no folder holds too many. */
export class Census {
  /** Their files, cluster by cluster. */
  private readonly seen = new Map<string | undefined, IdentityIndex<string>>();
  private readonly crowds = growing.map((directory) => ({
    directory,
    count: 0,
    first: undefined as Manifest | undefined,
  }));

  /** Takes objects in, and reports those that are there already. */
  add(manifests: readonly Manifest[]): readonly Problem[] {
    return manifests.flatMap((manifest) => {
      const crowd = this.crowds.find(({ directory }) => directory === manifest.unit.directory);
      if (crowd !== undefined) {
        crowd.count += 1;
        crowd.first ??= manifest;
      }
      const first = this.seenOn(manifest.unit.cluster).add(manifest.object, manifest.file);
      return first === undefined ? [] : [reportDuplicate(first, manifest)];
    });
  }

  private seenOn(cluster: string | undefined): IdentityIndex<string> {
    const seen = this.seen.get(cluster) ?? new IdentityIndex<string>();
    this.seen.set(cluster, seen);
    return seen;
  }

  /** Once everything has been counted. */
  conclude(): readonly Problem[] {
    return this.crowds.flatMap(({ directory, count, first }) =>
      first === undefined || count <= objectLimit ? [] : [reportCrowd(directory, count, first)],
    );
  }
}

function reportDuplicate(first: string, second: Manifest): Problem {
  return {
    code: 'STRUCTURE_DUPLICATE_OBJECT',
    severity: 'error',
    path: 'metadata.name',
    message: `${describe(second)} of ${second.file} is in ${first} already.`,
    hint: 'Give the objects different names or namespaces.',
    object: `${second.unit.name} ${describe(second)}`,
  };
}

function reportCrowd(directory: string, count: number, first: Manifest): Problem {
  return reportProblem(first, 'REFERENCE_APPLICATION_SIZE', {
    severity: 'warning',
    message: `folder "${directory}" has ${count} objects; Argo CD may fail to store the state of more than ${objectLimit}.`,
    hint:
      directory === directories.applications
        ? 'Write `argocd: { style: applicationset }`, which keeps the Applications out of this folder.'
        : 'Divide the models among several platforms.',
  });
}
