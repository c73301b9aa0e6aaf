import type { Construct } from 'constructs';
import type { Platform, Repository } from '../../config/model.js';
import { ApplicationSet } from '../../imports/argoproj.io.js';
import { applicationSetName, directories } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { UnitText } from '../unit.js';
import { syncPolicyOf, folderOf } from './unit-application.js';
import type { UnitDelivery } from './unit-delivery.js';

export interface UnitApplicationSetProps {
  readonly platform: Platform;
  readonly repository: Repository;
}

/**
 * One object that makes the Applications of all units, from the index that is rendered beside it. The Applications are
 * those of the other style, but for the finalizer: a set that is deleted, also by changing the style, must not take
 * everything it delivered along.
 */
export class UnitApplicationSet extends DriftloopChart {
  constructor(scope: Construct, capability: string, { platform, repository }: UnitApplicationSetProps) {
    super(scope, capability);
    const { argocd } = platform.namespaces;
    new ApplicationSet(this, 'units', {
      metadata: { name: applicationSetName(platform.name), namespace: argocd },
      spec: {
        goTemplate: true,
        // A key that is missing would become text: an Application of the folder "<no value>".
        goTemplateOptions: ['missingkey=error'],
        generators: [
          {
            git: {
              repoUrl: repository.url,
              revision: repository.branch,
              files: [{ path: `${directories.unitIndex}/*.json` }],
            },
          },
        ],
        syncPolicy: { preserveResourcesOnDeletion: true },
        template: {
          metadata: { name: field('application'), namespace: argocd },
          spec: {
            project: field('project'),
            source: folderOf(repository, field('folder')),
            destination: { server: field('server'), name: field('cluster'), namespace: field('namespace') },
            syncPolicy: syncPolicyOf(platform),
          },
        },
        // Not every unit has a model, and a label that is empty is there.
        templatePatch: 'metadata:\n  labels: {{ toJson .labels }}\n',
      },
    });
  }
}

/** An entry of the index: texts, of which an empty one counts as absent, because a template has no optional keys. */
interface IndexEntry extends Omit<UnitDelivery, 'destination' | 'hydration'> {
  readonly server: string;
  /** Argo CD's name of the cluster. */
  readonly cluster: string;
}

/** A value of the index; `path` would be the generator's own. */
function field(name: keyof IndexEntry): string {
  return `{{ .${name} }}`;
}

/** The index, relative to the folder of the Applications: a file for each unit, so that a new one changes no other. */
export function indexUnits(deliveries: readonly UnitDelivery[]): readonly UnitText[] {
  const folder = directories.unitIndex.slice(`${directories.applications}/`.length);
  return deliveries.map((delivery) => ({
    path: `${folder}/${delivery.application}.json`,
    text: `${JSON.stringify(describeEntry(delivery), null, 2)}\n`,
  }));
}

function describeEntry({ destination, labels, ...delivery }: UnitDelivery): IndexEntry {
  const { server = '', name = '' }: { server?: string; name?: string } = destination;
  return { ...delivery, server, cluster: name, labels };
}
