import { formatKeyPath } from '../load/key-path.js';
import type { Environment, Model, Workspace } from '../model.js';
import { listPlaces, placeKey } from '../places.js';
import type { Problem } from '../../problems/problem.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Where Knative's own parts run, which stand between callers and servers. */
const knativeNamespace = 'knative-serving';

/** Whoever keeps others out lets in what the servers cannot do without. */
export const checkCallers: Rule = (workspace) => {
  const places = listPlaces(workspace).filter(({ callers }) => callers?.includes(knativeNamespace) === false);
  if (places.length === 0) return [];
  const servedByKnative = groupKnative(workspace.models);
  return places.flatMap((place) => {
    const served = servedByKnative.get(placeKey(place.cluster, place.namespace));
    return served === undefined ? [] : [warnKnative(workspace, place, served)];
  });
};

/** The first model of each place whose requests come by way of Knative. */
function groupKnative(models: readonly Model[]): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const { name, deployments } of models) {
    for (const { environment, serving } of deployments) {
      const key = placeKey(environment.cluster, environment.namespace);
      if (serving?.kind === 'inferenceservice' && serving.mode === 'Knative' && !groups.has(key))
        groups.set(key, name);
    }
  }
  return groups;
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
