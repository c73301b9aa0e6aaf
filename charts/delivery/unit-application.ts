import type { Construct } from 'constructs';
import type { Platform, Repository } from '../../config/model.js';
import { Application } from '../../imports/argoproj.io.js';
import type {
  ApplicationSpecSource,
  ApplicationSpecSourceHydrator,
  ApplicationSpecSyncPolicy,
} from '../../imports/argoproj.io.js';
import { chartFile } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { Destination } from './destination.js';
import type { UnitDelivery } from './unit-delivery.js';

/** What is applied: a source as it stands, or what Argo CD copies from one to another branch before. */
export type ApplicationSource =
  { readonly source: ApplicationSpecSource } | { readonly sourceHydrator: ApplicationSpecSourceHydrator };

export interface ApplicationProps {
  readonly platform: Platform;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly project: string;
  readonly source: ApplicationSource;
  /** Where its objects go. */
  readonly namespace: string;
  readonly destination: Destination;
  /** Delete the objects together with the Application? */
  readonly cascade: boolean;
}

/** Keeps one source applied. No ignoreDifferences: what we render comes back from the API unchanged. */
export function addApplication(scope: Construct, props: ApplicationProps): void {
  const { platform } = props;
  new Application(scope, 'application', {
    metadata: {
      name: props.name,
      namespace: platform.namespaces.argocd,
      ...(props.labels === undefined ? {} : { labels: { ...props.labels } }),
      ...(props.cascade ? { finalizers: ['resources-finalizer.argocd.argoproj.io'] } : {}),
    },
    spec: {
      project: props.project,
      ...props.source,
      destination: { ...props.destination, namespace: props.namespace },
      syncPolicy: syncPolicyOf(platform),
    },
  });
}

/** Every commit is applied by itself. */
export function syncPolicyOf({ argocd: { prune, selfHeal } }: Platform): ApplicationSpecSyncPolicy {
  return {
    automated: { prune, selfHeal },
    // An object that another Application keeps, too, would go back and forth between them.
    syncOptions: ['FailOnSharedResource=true'],
    retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
  };
}

/** Other YAML beside the charts, such as rule tests, is no manifest. */
const includeCharts = { directory: { include: chartFile('*') } };

/** A folder of rendered charts. */
export function folderOf(repository: Repository, directory: string): ApplicationSpecSource {
  return {
    repoUrl: repository.url,
    targetRevision: repository.branch,
    path: directory,
    ...includeCharts,
  };
}

/** The unit's folder, or what the hydrator makes of it: one file per folder, so that nothing else stands there. */
function sourceOf(repository: Repository, { folder, hydration }: UnitDelivery): ApplicationSource {
  if (hydration === undefined) return { source: folderOf(repository, folder) };
  const { applied, hydrated } = hydration;
  return {
    sourceHydrator: {
      drySource: {
        repoUrl: repository.url,
        targetRevision: repository.branch,
        path: folder,
        ...includeCharts,
      },
      syncSource: { targetBranch: applied, path: folder },
      ...(hydrated === applied ? {} : { hydrateTo: { targetBranch: hydrated } }),
    },
  };
}

export interface UnitApplicationProps {
  readonly platform: Platform;
  readonly repository: Repository;
  readonly delivery: UnitDelivery;
}

/** The Application of one unit. A unit that is gone takes its objects with it, or its alerts would go on. */
export class UnitApplication extends DriftloopChart {
  constructor(
    scope: Construct,
    capability: string,
    { platform, repository, delivery }: UnitApplicationProps,
  ) {
    super(scope, capability);
    addApplication(this, {
      platform,
      name: delivery.application,
      labels: delivery.labels,
      project: delivery.project,
      source: sourceOf(repository, delivery),
      namespace: delivery.namespace,
      destination: delivery.destination,
      cascade: true,
    });
  }
}
