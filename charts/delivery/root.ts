import type { Construct } from 'constructs';
import type { Platform, Repository } from '../../config/model.js';
import { applicationName, directories, projectName, projectScopes } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { destinationOf } from './destination.js';
import { addApplication, folderOf } from './unit-application.js';
import { scopeKinds } from './kinds.js';
import { addProject } from './scope-projects.js';

export interface RootProps {
  readonly platform: Platform;
  readonly repository: Repository;
}

/** The Application that keeps all others, in a project that may hold nothing but Applications and their projects. */
export class Root extends DriftloopChart {
  constructor(scope: Construct, capability: string, { platform, repository }: RootProps) {
    super(scope, capability);
    const namespace = platform.namespaces.argocd;
    addProject(this, {
      platform,
      repository: repository.url,
      scope: projectScopes.root,
      description: 'Applications and projects of driftloop.',
      namespace,
      kinds: scopeKinds.root,
    });
    addApplication(this, {
      platform,
      name: applicationName(platform.name, projectScopes.root),
      project: projectName(platform.name, projectScopes.root),
      source: { source: folderOf(repository, directories.applications) },
      namespace,
      destination: destinationOf(platform, undefined),
      // Deleting the root by hand must not take everything else with it.
      cascade: false,
    });
  }
}
