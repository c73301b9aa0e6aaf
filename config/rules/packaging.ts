import { formatKeyPath } from '../load/key-path.js';
import type { Problem } from '../../problems/problem.js';
import type { Model, Workspace } from '../model.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';
import { listPlatformSecrets } from './platform-secrets.js';

/** Images of models can be served by what serves them, and a scanner reads no Secret of the platform. */
export const checkPackaging: Rule = (workspace) =>
  workspace.models.flatMap((model) => [
    ...checkBase(workspace, model),
    ...checkScanSecrets(workspace, model),
  ]);

function checkBase(workspace: Workspace, { name, packaging, deployments }: Model): readonly Problem[] {
  const served = deployments.some(({ serving }) => serving?.kind === 'inferenceservice');
  if (packaging === undefined || packaging.base !== undefined || !served) return [];
  const message = `KServe serves \`${name}\`, and its image has no base: Pods start only where KServe or the kubelet mounts images (\`ociModelMode: native\` or \`fetch\`).`;
  const hint = 'Name a small image with `ln` and `sleep` as `base`, by digest.';
  const subject = { where: name, path: 'package.base' };
  return [problemAt(workspace, subject, { code: 'CONFIG_PACKAGE_BASE', severity: 'warning', message, hint })];
}

function checkScanSecrets(workspace: Workspace, model: Model): readonly Problem[] {
  const owned = listPlatformSecrets(workspace);
  return Object.entries(model.packaging?.modelScan?.secretEnv ?? {})
    .filter(([, secret]) => owned.has(secret.name))
    .map(([variable, secret]) => {
      const path = formatKeyPath(['scan', 'model', 'secretEnv', variable, 'name']);
      const message = `The scanner of \`${model.name}\` would read the Secret \`${secret.name}\`, with which the platform itself works.`;
      const hint = 'Give the scanner a Secret of its own, with as few rights as it needs.';
      return problemAt(
        workspace,
        { where: model.name, path },
        { code: 'CONFIG_SECRET_PLATFORM', message, hint },
      );
    });
}
