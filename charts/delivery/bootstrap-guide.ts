import type { Platform, SecretKey, Workspace } from '../../config/model.js';
import { applicationName, directories, projectScopes } from '../conventions.js';

/** The README of the bootstrap folder: what to do once, with names of this workspace. */
export function describeBootstrap(workspace: Workspace): string {
  const { platform } = workspace;
  const sections = [
    `# Bootstrap of ${platform.name}\n\nDone once, by somebody with rights on the whole cluster. Doing it again changes nothing.`,
    requirements(platform),
    apply(platform),
    secrets(workspace),
    ...(platform.repository === undefined ? [] : [watch(platform, platform.repository.url)]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function requirements({ namespaces, repository }: Platform): string {
  return [
    '## Before',
    '',
    '- Tekton Pipelines and Triggers, and the Prometheus operator, are installed.',
    ...(repository === undefined
      ? []
      : [`- Argo CD is installed in the namespace \`${namespaces.argocd}\`.`]),
    '- Tekton makes its own containers fit Pod Security "restricted":',
    '',
    fence([
      'kubectl --namespace tekton-pipelines patch configmap feature-flags --type merge \\',
      `  --patch '{"data":{"set-security-context":"true"}}'`,
    ]),
  ].join('\n');
}

function apply({ repository }: Platform): string {
  const what =
    repository === undefined
      ? 'namespaces and the cluster-wide rights of the listener'
      : 'namespaces, the cluster-wide rights of the listener, a health check for Argo CD and the root Application';
  return [
    '## Apply',
    '',
    `This folder holds ${what}. Server-side, because \`kubectl\` would otherwise take over settings of others:`,
    '',
    fence([`kubectl apply --server-side --filename ${directories.bootstrap}/`]),
  ].join('\n');
}

function secrets({ platform, environments }: Workspace): string {
  const toolings = platform.namespaces.toolings;
  const places = [...new Set([toolings, ...environments.map(({ namespace }) => namespace)])];
  const token = platform.alerting.tokenSecret;
  const others = [
    ...(platform.gitCredentials === undefined
      ? []
      : [`- \`${platform.gitCredentials}\` in \`${toolings}\`: \`username\` and \`password\` for Git`]),
    ...platform.receivers.flatMap((receiver) =>
      secretsOf(receiver).map(
        ({ name, key }) =>
          `- \`${name}\` in the namespace of every environment: \`${key}\` for the receiver ${receiver.name}`,
      ),
    ),
  ];
  return [
    '## Secrets',
    '',
    'No secret stands in Git. The token by which the listener knows Alertmanager must be the same everywhere:',
    '',
    fence([
      'token="$(openssl rand -hex 32)"',
      `for namespace in ${places.join(' ')}; do`,
      `  kubectl --namespace "$namespace" create secret generic ${token.name} --from-literal="${token.key}=$token"`,
      'done',
    ]),
    ...(others.length === 0 ? [] : ['', 'Besides:', '', ...others]),
  ].join('\n');
}

function secretsOf(receiver: Platform['receivers'][number]): readonly SecretKey[] {
  if (receiver.kind === 'slack') return [receiver.apiUrl];
  return typeof receiver.url === 'string' ? [] : [receiver.url];
}

function watch({ name, namespaces }: Platform, url: string): string {
  const root = applicationName(name, projectScopes.root);
  return [
    '## After',
    '',
    `Argo CD reads ${url}; a private repository needs its credentials there. Then everything follows from Git:`,
    '',
    fence([`kubectl --namespace ${namespaces.argocd} get application ${root} --watch`]),
  ].join('\n');
}

function fence(lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}
