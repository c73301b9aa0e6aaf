import { builtInByProfile } from '../../config/catalogue/defaults.js';
import type { Workspace } from '../../config/model.js';
import type { Versions } from '../../config/model-profile.js';
import { resolveCapabilities } from '../../config/resolve/resolve-capabilities.js';

export const openshiftCapabilities = resolveCapabilities('openshift', builtInByProfile.openshift.versions);

/** A workspace of the tests on OpenShift, with its defaults. */
export function onOpenShift(workspace: Workspace, changed: Partial<Versions> = {}): Workspace {
  const { namespaces, versions: builtIn } = builtInByProfile.openshift;
  const versions = { ...builtIn, ...changed };
  return {
    ...workspace,
    platform: {
      ...workspace.platform,
      profile: 'openshift',
      versions,
      capabilities: resolveCapabilities('openshift', versions),
      namespaces: { ...workspace.platform.namespaces, ...namespaces },
    },
  };
}
