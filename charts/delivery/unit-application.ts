import type { Construct } from 'constructs';
import type { Environment, Platform, Repository } from '../../config/model.js';
import { Application } from '../../imports/argoproj.io.js';
import type { ApplicationSpecSource } from '../../imports/argoproj.io.js';
import { applicationName, chartFile, labels, projectName, projectScopes } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import type { Unit } from '../unit.js';

export interface ApplicationProps {
  readonly platform: Platform;
  readonly name: string;
  readonly labels?: Record<string, string>;
  /** Scope of its project. */
  readonly scope: string;
  readonly source: ApplicationSpecSource;
  /** Where its objects go. */
  readonly namespace: string;
  /** Delete the objects together with the Application? */
  readonly cascade: boolean;
}

/** Keeps one source applied. No ignoreDifferences: what we render comes back from the API unchanged. */
export function addApplication(scope: Construct, props: ApplicationProps): void {
  const { platform } = props;
  const { prune, selfHeal, server } = platform.argocd;
  new Application(scope, 'application', {
    metadata: {
      name: props.name,
      namespace: platform.namespaces.argocd,
      ...(props.labels === undefined ? {} : { labels: props.labels }),
      ...(props.cascade ? { finalizers: ['resources-finalizer.argocd.argoproj.io'] } : {}),
    },
    spec: {
      project: projectName(platform.name, props.scope),
      source: props.source,
      destination: { server, namespace: props.namespace },
      syncPolicy: {
        automated: { prune, selfHeal },
        // An object that another Application keeps, too, would go back and forth between them.
        syncOptions: ['FailOnSharedResource=true'],
        retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
      },
    },
  });
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
  readonly unit: Unit;
  /** The unit's objects go there; undefined: to the toolings. */
  readonly place: Environment | undefined;
}

/** The Application of one unit. A unit that is gone takes its objects with it, or its alerts would go on. */
export class UnitApplication extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: UnitApplicationProps) {
    super(scope, capability);
    const { platform, repository, unit, place } = props;
    const { environment, model } = unit;
    addApplication(this, {
      platform,
      name: applicationName(platform.name, unit.name),
      labels: {
        ...(environment === undefined ? {} : { [labels.environment]: environment }),
        ...(model === undefined ? {} : { [labels.model]: model }),
      },
      scope: place === undefined ? projectScopes.toolings : projectScopes.environment(place.name, place.team),
      source: folderOf(repository, unit.directory),
      namespace: place?.namespace ?? platform.namespaces.toolings,
      cascade: true,
    });
  }
}
