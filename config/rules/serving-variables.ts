import type { Problem } from '../../problems/problem.js';
import { servingVariables } from '../catalogue/serving-variables.js';
import type { DeploymentServing, InferenceServiceServing, Workspace } from '../model.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Variables of a server that would not reach it. */
export const checkServingVariables: Rule = (workspace) =>
  workspace.models.flatMap((model) =>
    model.deployments.flatMap(({ environment, serving }) => {
      if (serving === undefined) return [];
      const where = `${model.name}/${environment.name}`;
      return serving.kind === 'deployment'
        ? refuseOverwritten(workspace, where, serving)
        : refusePythonPath(workspace, where, serving);
    }),
  );

function refuseOverwritten(
  workspace: Workspace,
  where: string,
  { env }: DeploymentServing,
): readonly Problem[] {
  return Object.values(servingVariables)
    .filter((variable) => Object.hasOwn(env, variable))
    .map((variable) => {
      const message = `\`${variable}\` would be ignored: driftloop sets it to the released model.`;
      const hint = 'Remove it. The first model stands in `serving.initial`, every later one in its release.';
      const subject = { where, path: `serving.env.${variable}` };
      return problemAt(workspace, subject, { code: 'CONFIG_NAME_RESERVED', message, hint });
    });
}

/** What KServe's webhook refuses in every container. */
const refusedVariable = 'PYTHONPATH';

function refusePythonPath(
  workspace: Workspace,
  where: string,
  { env, runtime, transformer }: InferenceServiceServing,
): readonly Problem[] {
  const all = {
    env,
    'server.env': runtime?.kind === 'own' ? runtime.env : {},
    'transformer.env': transformer?.env ?? {},
  };
  return Object.entries(all)
    .filter(([, variables]) => Object.hasOwn(variables, refusedVariable))
    .map(([key]) => {
      const message = `KServe refuses the variable \`${refusedVariable}\` in an InferenceService.`;
      const subject = { where, path: `serving.${key}.${refusedVariable}` };
      return problemAt(workspace, subject, { code: 'CONFIG_NAME', message, hint: 'Set it in the image.' });
    });
}
