import type { Workspace } from '../model.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** What KServe knows of the InferenceService, and texts need. */
const filled = /\{\{-?\s*\.(Name|Namespace)\s*-?\}\}/g;

/** KServe fills templates in the containers of the model and of a transformer beside it; elsewhere they stay as they are. */
export const checkKserveTexts: Rule = (workspace) =>
  [...workspace.origins].flatMap(([key, { value }]) => {
    const match =
      /^([^:]+\/[^:]+):(serving\.(?:(server|transformer)\.)?(?:image|command|args|env)\b.*)$/.exec(key);
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (match === null || !texts.some((text) => typeof text === 'string' && text.includes('{{'))) return [];
    const [, where = '', path = '', part] = match;
    const fault = findFault(workspace, where, part, texts);
    return fault === undefined
      ? []
      : [problemAt(workspace, { where, path }, { code: 'CONFIG_TEMPLATE', ...fault })];
  });

function findFault(
  workspace: Workspace,
  where: string,
  part: string | undefined,
  texts: readonly unknown[],
): { readonly message: string; readonly hint: string } | undefined {
  const serving = servingOf(workspace, where);
  if (serving?.kind !== 'inferenceservice') return undefined;
  if (part === 'transformer' && serving.transformer?.placement === 'component') {
    const message =
      'KServe fills no templates in a transformer with Pods of its own, which would see it as it stands.';
    return { message, hint: 'Write the value itself; KServe adds `--model_name` and `--predictor_host`.' };
  }
  const rest = texts.filter((text) => typeof text === 'string').map((text) => text.replaceAll(filled, ''));
  if (!rest.some((text) => text.includes('{{'))) return undefined;
  const hint =
    'Write `{{.Name}}` or `{{.Namespace}}`; what must reach the program as it is belongs in its image.';
  return { message: 'KServe would refuse this template, or fill it with nothing.', hint };
}

function servingOf({ models }: Workspace, where: string) {
  const [name, environment] = where.split('/');
  return models
    .find((model) => model.name === name)
    ?.deployments.find((deployment) => deployment.environment.name === environment)?.serving;
}
