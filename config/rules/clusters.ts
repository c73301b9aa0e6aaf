import { formatKeyPath } from '../load/key-path.js';
import type { Environment, RemoteCluster, Workspace } from '../model.js';
import { listClusters, listRemoteStarts, seesRuns } from '../places.js';
import type { Problem } from '../../problems/problem.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule, Subject } from './rule.js';
import { problemAt } from './rule.js';

/** Alerts of other clusters reach the listener, and a run that does not start is told of or left out on purpose. */
export const checkClusters: Rule = (workspace) => {
  const starting = new Set(
    workspace.models.flatMap((model) => listRemoteStarts(model).map(({ environment }) => environment.name)),
  );
  const environments = workspace.environments.filter(({ name }) => starting.has(name));
  return [
    ...(workspace.platform.exposure === undefined
      ? environments.map((environment) => reportUnreachable(workspace, environment))
      : []),
    ...environments.flatMap((environment) => warnUnseen(workspace, environment)),
    ...listClusters(workspace)
      .filter(({ name }) => !environments.some(({ cluster }) => cluster?.name === name))
      .flatMap((cluster) => warnUnneeded(workspace, cluster)),
  ];
};

function reportUnreachable(workspace: Workspace, { name, cluster }: Environment): Problem {
  return problemAt(workspace, clusterOf(name), {
    code: 'CONFIG_CLUSTER_UNREACHABLE',
    message: `Alerts of \`${name}\` start runs, and from the cluster \`${cluster?.name ?? ''}\` no way leads to the listener.`,
    hint: 'Let them in with `listener.expose`, or let no section of the models ask for `retrain` there.',
  });
}

/** Whoever writes the key has decided. */
function warnUnseen(workspace: Workspace, environment: Environment): readonly Problem[] {
  const { name, cluster } = environment;
  if (cluster === undefined || seesRuns(environment) || isWritten(workspace, metricsOf(cluster))) return [];
  return [
    problemAt(workspace, clusterOf(name), {
      code: 'CONFIG_CLUSTER_UNSEEN',
      severity: 'warning',
      message: `Nobody is told when an alert of \`${name}\` starts no run: Prometheus on \`${cluster.name}\` does not see Tekton.`,
      hint: `Bring the metrics of Tekton there and write \`clusters.${cluster.name}.tektonMetrics: true\`, or \`false\` to do without.`,
    }),
  ];
}

/** What is written about a way that no alert takes would do nothing. */
function warnUnneeded(workspace: Workspace, cluster: RemoteCluster): readonly Problem[] {
  return [metricsOf(cluster), keyOf(cluster, 'ca', 'name')]
    .filter((subject) => isWritten(workspace, subject))
    .map((subject) =>
      problemAt(workspace, subject, {
        code: 'CONFIG_CLUSTER_UNUSED',
        severity: 'warning',
        message: `\`${subject.path}\` does nothing: no alert on \`${cluster.name}\` starts runs.`,
        hint: 'Remove it, or let a section of a model ask for `retrain` there.',
      }),
    );
}

function clusterOf(environment: string): Subject {
  return { where: platformFile, path: formatKeyPath(['environments', environment, 'cluster']) };
}

function metricsOf(cluster: RemoteCluster): Subject {
  return keyOf(cluster, 'tektonMetrics');
}

function keyOf({ name }: RemoteCluster, ...path: readonly string[]): Subject {
  return { where: platformFile, path: formatKeyPath(['clusters', name, ...path]) };
}

function isWritten({ origins }: Workspace, { where, path }: Subject): boolean {
  return origins.get(`${where}:${path}`)?.position !== undefined;
}
