import type { Platform } from '../../config/model.js';
import { nonRootUser } from '../conventions.js';

type PodUser = Partial<Record<'runAsUser' | 'runAsGroup' | 'fsGroup', number>>;

/** What Pod Security "restricted" asks of a Pod, whoever chooses its user. */
export const restrictedPodBasics = {
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/**
 * The same with the user that images without one of their own run as. Where the cluster assigns users by namespace
 * (OpenShift), another one would be refused, and the group of volumes is the cluster's, too.
 */
export function restrictedPod({ capabilities }: Platform): typeof restrictedPodBasics & PodUser {
  return capabilities.podUser === 'assigned'
    ? restrictedPodBasics
    : { ...restrictedPodBasics, runAsUser: nonRootUser, runAsGroup: nonRootUser };
}

/** The same with a group that owns the Pod's volumes. */
export function restrictedPodWithVolumes(platform: Platform): typeof restrictedPodBasics & PodUser {
  const assigned = platform.capabilities.podUser === 'assigned';
  return { ...restrictedPod(platform), ...(assigned ? {} : { fsGroup: nonRootUser }) };
}

/** What Pod Security "restricted" asks of each container. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
};
