import type { Platform } from '../../config/model.js';
import { hydratedBranch } from '../conventions.js';

/** What Argo CD needs before it copies environments to branches of their own; nothing where it does not. */
export function describeHydrator({ argocd, namespaces, repository }: Platform): readonly string[] {
  if (argocd.hydrate === 'off' || repository === undefined) return [];
  const branches = `\`${hydratedBranch('<environment>')}\``;
  const written = argocd.hydrate === 'next' ? `${branches.slice(0, -1)}-next\`` : branches;
  return [
    '- The source hydrator of Argo CD is switched on: its commit server runs, and `hydrator.enabled` is `"true"` in the ConfigMap `argocd-cmd-params-cm`.',
    `- A Secret in \`${namespaces.argocd}\` with the label \`argocd.argoproj.io/secret-type: repository-write\` lets it push to ${written} of \`${repository.url}\`. Nobody else pushes there.`,
    ...(argocd.hydrate === 'next'
      ? [
          `- GitOps Promoter, or people, bring ${written} to ${branches}, which is applied; the branches exist.`,
        ]
      : []),
  ];
}
