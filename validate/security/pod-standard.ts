import { fieldAt, isFields, listAt, textAt, textsAt } from '../fields.js';

/** What Pod Security "restricted" has against a Pod. */
export interface PodFault {
  /** Path in the Pod's spec. */
  readonly path: string;
  readonly message: string;
}

/** A container and the security context it really has, templates merged in. */
export interface ContainerContext {
  /** Path in the Pod's spec: `containers[0]`. */
  readonly path: string;
  readonly written: unknown;
  readonly context: unknown;
}

/** Whole Pods: everything the standard asks for must be written. */
export function faultsOfPod(spec: unknown): readonly PodFault[] {
  const containers = containersOf(spec);
  return [
    ...faultsOfPodLevel(spec),
    ...containers.flatMap((container) => [
      ...faultsOfContainer(container),
      ...faultsOfIdentity(container, fieldAt(spec, 'securityContext')),
    ]),
  ];
}

/** Pods that somebody else completes: only what is forbidden counts, not what is missing. */
export function faultsOfPartialPod(spec: unknown): readonly PodFault[] {
  return [...faultsOfPodLevel(spec), ...containersOf(spec).flatMap(findForbidden)];
}

const hostFields = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

const allowedVolumes = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** The host's network and files, foreign kinds of volumes, a Pod that asks for root. */
export function faultsOfPodLevel(spec: unknown): readonly PodFault[] {
  const host = hostFields
    .filter((field) => fieldAt(spec, field) === true)
    .map((field) => ({ path: field, message: `${field} shares the node with the Pod` }));
  const volumes = listAt(spec, 'volumes').flatMap((volume, index) =>
    Object.keys(isFields(volume) ? volume : {})
      .filter((key) => key !== 'name' && !allowedVolumes.has(key))
      .map((key) => ({
        path: `volumes[${index}].${key}`,
        message: `volumes of kind ${key} are not allowed`,
      })),
  );
  return [...host, ...volumes, ...faultsOfUser(fieldAt(spec, 'securityContext'), 'securityContext')];
}

/** Privileges of one container; with `findForbidden` for what must not, plus what must be written. */
export function faultsOfContainer(container: ContainerContext): readonly PodFault[] {
  const { path, context } = container;
  const faults: PodFault[] = [...findForbidden(container)];
  if (fieldAt(context, 'allowPrivilegeEscalation') !== false) {
    faults.push({ path: `${path}.securityContext`, message: 'allowPrivilegeEscalation is not false' });
  }
  if (!textsAt(context, 'capabilities', 'drop').includes('ALL')) {
    faults.push({ path: `${path}.securityContext`, message: 'capabilities do not drop ALL' });
  }
  return faults;
}

/** Who the container runs as, which the container or its Pod says. */
export function faultsOfIdentity({ path, context }: ContainerContext, pod: unknown): readonly PodFault[] {
  const faults: PodFault[] = [];
  if ((fieldAt(context, 'runAsNonRoot') ?? fieldAt(pod, 'runAsNonRoot')) !== true) {
    faults.push({ path: `${path}.securityContext`, message: 'runAsNonRoot is not true' });
  }
  const profile = textAt(context, 'seccompProfile', 'type') ?? textAt(pod, 'seccompProfile', 'type') ?? '';
  if (!['RuntimeDefault', 'Localhost'].includes(profile)) {
    faults.push({ path: `${path}.securityContext`, message: 'seccompProfile is not RuntimeDefault' });
  }
  return faults;
}

export function findForbidden({ path, written, context }: ContainerContext): readonly PodFault[] {
  const faults: PodFault[] = [...faultsOfUser(context, `${path}.securityContext`)];
  if (fieldAt(context, 'privileged') === true) {
    faults.push({ path: `${path}.securityContext.privileged`, message: 'the container is privileged' });
  }
  for (const added of textsAt(context, 'capabilities', 'add')) {
    if (added === 'NET_BIND_SERVICE') continue;
    faults.push({
      path: `${path}.securityContext.capabilities.add`,
      message: `capability ${added} is added`,
    });
  }
  listAt(written, 'ports').forEach((port, index) => {
    if (fieldAt(port, 'hostPort') === undefined) return;
    faults.push({ path: `${path}.ports[${index}].hostPort`, message: 'a port of the node is used' });
  });
  return faults;
}

function faultsOfUser(context: unknown, path: string): readonly PodFault[] {
  return fieldAt(context, 'runAsUser') === 0
    ? [{ path: `${path}.runAsUser`, message: 'it runs as root' }]
    : [];
}

function containersOf(spec: unknown): readonly ContainerContext[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((key) =>
    listAt(spec, key).map((written, index) => ({
      path: `${key}[${index}]`,
      written,
      context: fieldAt(written, 'securityContext'),
    })),
  );
}
