import { formatKeyPath } from '../load/key-path.js';
import type { Environment, Workspace } from '../model.js';
import { listPlaces, placeKey } from '../places.js';
import type { Problem } from '../../problems/problem.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Where Knative's own parts run, which stand between callers and servers. */
const knativeNamespace = 'knative-serving';

/** Whoever keeps others out lets in what the servers cannot do without. */
export const checkCallers: Rule = (workspace) =>
  listPlaces(workspace).flatMap((place) => {
    const { callers } = place;
    if (callers === undefined || callers.includes(knativeNamespace)) return [];
    const served = findKnative(workspace, place);
    return served === undefined ? [] : [warnKnative(workspace, place, served)];
  });

/** A model of the place whose requests come by way of Knative. */
function findKnative({ models }: Workspace, { cluster, namespace }: Environment): string | undefined {
  const key = placeKey(cluster, namespace);
  return models.find(({ deployments }) =>
    deployments.some(
      ({ environment, serving }) =>
        serving?.kind === 'inferenceservice' &&
        serving.mode === 'Knative' &&
        placeKey(environment.cluster, environment.namespace) === key,
    ),
  )?.name;
}

function warnKnative(workspace: Workspace, { name, team, namespace }: Environment, model: string): Problem {
  const own = formatKeyPath(['teams', team ?? '', 'environments', name, 'callers']);
  const inherited = formatKeyPath(['environments', name, 'callers']);
  const path = workspace.origins.has(`${platformFile}:${own}`) ? own : inherited;
  return problemAt(
    workspace,
    { where: platformFile, path },
    {
      code: 'CONFIG_CALLERS',
      severity: 'warning',
      message: `Requests to \`${model}\` come by way of Knative, which is kept out of \`${namespace}\`.`,
      hint: `Add \`${knativeNamespace}\`, and the namespace of Knative's gateway.`,
    },
  );
}
