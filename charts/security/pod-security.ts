import { nonRootUser } from '../conventions.js';

/** What Pod Security "restricted" asks of a Pod, and the user that images without one of their own run as. */
export const restrictedPod = {
  runAsNonRoot: true,
  runAsUser: nonRootUser,
  runAsGroup: nonRootUser,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** The same with a group that owns the Pod's volumes. */
export const restrictedPodWithVolumes = { ...restrictedPod, fsGroup: nonRootUser };

/** What Pod Security "restricted" asks of each container. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
};
