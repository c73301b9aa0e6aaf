import type { Construct } from 'constructs';
import type { Platform, Repository } from '../../config/model.js';
import { Application } from '../../imports/argoproj.io.js';
import type { ApplicationSpecSource, ApplicationSpecSyncPolicy } from '../../imports/argoproj.io.js';
import { chartFile } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { Destination } from './destination.js';
import type { UnitDelivery } from './unit-delivery.js';

export interface ApplicationProps {
  readonly platform: Platform;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly project: string;
  readonly source: ApplicationSpecSource;
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
      source: props.source,
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

/** A folder of rendered charts. */
export function folderOf(repository: Repository, directory: string): ApplicationSpecSource {
  return {
    repoUrl: repository.url,
    targetRevision: repository.branch,
    path: directory,
    // Other YAML beside the charts, such as rule tests, is no manifest.
    directory: { include: chartFile('*') },
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
      source: folderOf(repository, delivery.folder),
      namespace: delivery.namespace,
      destination: delivery.destination,
      cascade: true,
    });
  }
}
