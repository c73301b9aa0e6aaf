import type { Construct } from 'constructs';
import type { Environment, Platform, RemoteCluster, Repository, SyncWindow } from '../../config/model.js';
import { formatGoDuration } from '../../config/values/duration.js';
import { AppProject } from '../../imports/argoproj.io.js';
import type { AppProjectSpecSyncWindows } from '../../imports/argoproj.io.js';
import { projectName, projectScopes, syncWave } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { destinationOf } from './destination.js';
import { scopeKinds } from './kinds.js';
import type { GroupKind } from './kinds.js';

export interface ProjectProps {
  readonly platform: Platform;
  /** URL of the only repository they may read. */
  readonly repository: string;
  readonly scope: string;
  readonly description: string;
  /** The only namespace that the project's Applications write to. */
  readonly namespace: string;
  /**
   * On which cluster.
   * @default - that of the toolings
   */
  readonly cluster?: RemoteCluster | undefined;
  readonly kinds: readonly GroupKind[];
  /**
   * Kinds without a namespace.
   * @default - none
   */
  readonly clusterKinds?: readonly GroupKind[];
  /**
   * When its Applications may be synced.
   * @default - at any time
   */
  readonly syncWindows?: readonly SyncWindow[] | undefined;
}

/** The bounds of some Applications: one repository, one namespace, and the kinds that stand there. */
export function addProject(scope: Construct, props: ProjectProps): void {
  const { platform } = props;
  new AppProject(scope, props.scope, {
    metadata: {
      name: projectName(platform.name, props.scope),
      namespace: platform.namespaces.argocd,
      // Applications are created after their project, and the project waits until the last of them is gone.
      annotations: { [syncWave.annotation]: syncWave.rights },
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      description: props.description,
      sourceRepos: [props.repository],
      destinations: [{ ...destinationOf(platform, props.cluster), namespace: props.namespace }],
      namespaceResourceWhitelist: [...props.kinds],
      // The empty list is written out, so that Argo CD undoes what somebody adds to it.
      clusterResourceWhitelist: [...(props.clusterKinds ?? [])],
      ...(props.syncWindows === undefined ? {} : { syncWindows: props.syncWindows.map(describeWindow) }),
    },
  });
}

/** For all Applications of the project. */
function describeWindow({ duration, ...window }: SyncWindow): AppProjectSpecSyncWindows {
  return { ...window, duration: formatGoDuration(duration), applications: ['*'] };
}

export interface ScopeProjectsProps {
  readonly platform: Platform;
  readonly repository: Repository;
  readonly environments: readonly Environment[];
}

/** A project for the toolings, and one for each environment and each team in it. */
export class ScopeProjects extends DriftloopChart {
  constructor(scope: Construct, capability: string, props: ScopeProjectsProps) {
    super(scope, capability);
    const { platform, repository } = props;
    addProject(this, {
      platform,
      repository: repository.url,
      scope: projectScopes.toolings,
      description: 'Listener, pipelines and triggers.',
      namespace: platform.namespaces.toolings,
      kinds: scopeKinds.toolings,
    });
    for (const environment of props.environments) {
      addProject(this, {
        platform,
        repository: repository.url,
        scope: projectScopes.environment(environment.name, environment.team),
        description: describeProject(environment),
        namespace: environment.namespace,
        cluster: environment.cluster,
        kinds: scopeKinds.environment,
        syncWindows: environment.syncWindows,
      });
    }
  }
}

function describeProject({ name, team }: Environment): string {
  return team === undefined ? `Models in ${name}.` : `Models of ${team} in ${name}.`;
}
