import type { Platform } from '../../config/model.js';
import type { TaskSpecStepsVolumeMounts } from '../../imports/tekton.dev.js';
import { stepVariables } from './step-contract.js';

/** Where a Task mounts what it needs to reach registries of images; programs are told by their usual variables. */
const folders = {
  credentials: '/var/run/driftloop/registry',
  authority: '/var/run/driftloop/registry-ca',
} as const;

/** A volume of a Task; the definition of Tasks leaves open what one looks like. */
interface TaskVolume {
  readonly name: string;
  readonly secret?: { readonly secretName: string; readonly items: readonly VolumeItem[] };
  readonly configMap?: { readonly name: string; readonly items: readonly VolumeItem[] };
}

interface VolumeItem {
  readonly key: string;
  readonly path: string;
}

/** A volume, with the place where its steps find it. */
export interface TaskMount {
  readonly volume: TaskVolume;
  readonly mount: TaskSpecStepsVolumeMounts;
}

/** What the program does in a repository: scanners need not push. */
export type ImageRights = 'push' | 'pull';

/** The Secret is mounted and never a variable: command lines and environments are shown to many. */
export function imageMounts(platform: Platform, rights: ImageRights = 'push'): readonly TaskMount[] {
  const { imageRegistry } = platform;
  const secretName = rights === 'push' ? imageRegistry?.credentials : imageRegistry?.pullCredentials;
  const ca = imageRegistry?.ca;
  const items = ca && [{ key: ca.key, path: authorityFile }];
  return [
    ...(secretName === undefined
      ? []
      : [
          describeMount('registry', folders.credentials, {
            secret: { secretName, items: [{ key: '.dockerconfigjson', path: 'config.json' }] },
          }),
        ]),
    ...(ca === undefined || items === undefined
      ? []
      : [
          describeMount(
            'registry-ca',
            folders.authority,
            ca.kind === 'Secret'
              ? { secret: { secretName: ca.name, items } }
              : { configMap: { name: ca.name, items } },
          ),
        ]),
  ];
}

const authorityFile = 'ca.crt';

/** What our own steps are told. */
export function imageVariables(platform: Platform): readonly (readonly [string, string])[] {
  const { imageRegistry } = platform;
  return [
    ...(imageRegistry?.credentials === undefined
      ? []
      : [[stepVariables.dockerConfig, folders.credentials] as const]),
    ...(imageRegistry?.ca === undefined
      ? []
      : [[stepVariables.authority, `${folders.authority}/${authorityFile}`] as const]),
  ];
}

/** What programs of others are told: those written in Go read a folder of authorities besides those of their image. */
export function programImageVariables(
  platform: Platform,
  rights: ImageRights,
): Readonly<Record<string, string>> {
  const { imageRegistry } = platform;
  const secret = rights === 'push' ? imageRegistry?.credentials : imageRegistry?.pullCredentials;
  return {
    ...(secret !== undefined && { [stepVariables.dockerConfig]: folders.credentials }),
    ...(imageRegistry?.ca !== undefined && { SSL_CERT_DIR: folders.authority }),
  };
}

/** A volume that is read only, with the place where every step of the Task finds it. */
export function describeMount(name: string, mountPath: string, source: Omit<TaskVolume, 'name'>): TaskMount {
  return { volume: { name, ...source }, mount: { name, mountPath, readOnly: true } };
}

/** The part of a Task with its volumes; nothing where there are none. */
export function listVolumes(mounts: readonly TaskMount[]): { volumes?: readonly TaskVolume[] } {
  return mounts.length === 0 ? {} : { volumes: mounts.map(({ volume }) => volume) };
}

/** The part of a step with what it mounts. */
export function listVolumeMounts(mounts: readonly TaskMount[]): {
  volumeMounts?: TaskSpecStepsVolumeMounts[];
} {
  return mounts.length === 0 ? {} : { volumeMounts: mounts.map(({ mount }) => mount) };
}
