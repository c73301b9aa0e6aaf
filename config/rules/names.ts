import type { ProblemCode } from '../../problems/codes.js';
import type { Problem } from '../../problems/problem.js';
import { formatKeyPath } from '../load/key-path.js';
import type { Environment, Workspace } from '../model.js';
import { listPlaces, placeKey } from '../places.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule, Subject } from './rule.js';
import { problemAt } from './rule.js';

/** Names whose folders or objects driftloop uses itself. */
const reservedModels = ['platform'];
const reservedEnvironments = ['applications', 'bootstrap', 'toolings'];

/** Names that become folders, namespaces and objects must not meet each other there. */
export const checkNames: Rule = (workspace) => [
  ...checkEnvironments(workspace),
  ...checkNamespaces(workspace),
  ...checkModels(workspace),
  ...checkPairs(workspace),
];

function checkEnvironments(workspace: Workspace): readonly Problem[] {
  return workspace.environments.flatMap(({ name }): readonly Problem[] => {
    const subject = namespaceOf(name);
    if (reservedEnvironments.includes(name)) {
      return [
        problemAt(workspace, subject, {
          code: 'CONFIG_NAME_RESERVED',
          message: `An environment cannot be called \`${name}\`: driftloop has a unit of that name.`,
          hint: 'Choose another name.',
        }),
      ];
    }
    if (!/^\d/.test(name)) return [];
    const message = `The name of the environment \`${name}\` must begin with a letter.`;
    return [
      problemAt(workspace, subject, {
        code: 'CONFIG_NAME',
        message,
        hint: 'Numbers as keys would lose the order of promotion.',
      }),
    ];
  });
}

/** What every environment has, so that its problems have a place. */
function namespaceOf(environment: string): Subject {
  return { where: platformFile, path: formatKeyPath(['environments', environment, 'namespace']) };
}

function checkNamespaces(workspace: Workspace): readonly Problem[] {
  const toolings = placeKey(undefined, workspace.platform.namespaces.toolings);
  const users = new Map([[toolings, 'the toolings']]);
  return listPlaces(workspace).flatMap((place) => {
    const { namespace, cluster } = place;
    const key = placeKey(cluster, namespace);
    const user = users.get(key);
    users.set(key, user ?? describePlace(place));
    if (user === undefined) return [];
    const message = `The namespace \`${namespace}\` of ${describePlace(place)} is already that of ${user}.`;
    const hint = 'Give each its own.';
    return [problemAt(workspace, placeSubject(place), { code: 'CONFIG_NAMESPACE_SHARED', message, hint })];
  });
}

function describePlace({ name, team }: Environment): string {
  return team === undefined ? `the environment \`${name}\`` : `the team \`${team}\` in \`${name}\``;
}

function placeSubject({ name, team }: Environment): Subject {
  if (team === undefined) return namespaceOf(name);
  return { where: platformFile, path: formatKeyPath(['teams', team, 'environments', name, 'namespace']) };
}

function checkModels(workspace: Workspace): readonly Problem[] {
  return workspace.models.flatMap(({ name, deployments }) => {
    const served = deployments.some(({ serving }) => serving !== undefined);
    const fault = checkModelName(name, served);
    return fault === undefined ? [] : [problemAt(workspace, { where: name, path: 'model' }, fault)];
  });
}

/** Why a DNS label cannot be the name of a model. */
export function checkModelName(
  name: string,
  served: boolean,
): { readonly code: ProblemCode; readonly message: string; readonly hint: string } | undefined {
  if (reservedModels.includes(name)) {
    const message = `A model cannot be called \`${name}\`: every environment has a folder of that name.`;
    return { code: 'CONFIG_NAME_RESERVED', message, hint: 'Choose another name.' };
  }
  if (!served || !/^\d/.test(name)) return undefined;
  const message = `The name of the model \`${name}\` must begin with a letter.`;
  const hint = 'Its Service has the same name, and Kubernetes takes no digit there.';
  return { code: 'CONFIG_NAME', message, hint };
}

/** Objects are called `<model>-<environment>` or `<environment>-<model>`; other pairs must not read the same. */
function checkPairs(workspace: Workspace): readonly Problem[] {
  const taken = new Map<string, string>();
  return workspace.models.flatMap((model) =>
    workspace.environments.flatMap((environment) => {
      const own = `\`${model.name}\` in \`${environment.name}\``;
      const names = [`${model.name}-${environment.name}`, `/${environment.name}-${model.name}`];
      const other = names.map((name) => taken.get(name)).find((owner) => owner !== undefined);
      for (const name of names) taken.set(name, taken.get(name) ?? own);
      if (other === undefined) return [];
      const message = `Generated objects of ${own} would be called like those of ${other}.`;
      return [
        problemAt(
          workspace,
          { where: model.name, path: 'model' },
          { code: 'CONFIG_NAME_DUPLICATE', message, hint: 'Rename a model or an environment.' },
        ),
      ];
    }),
  );
}
