import type { CertificateSource, Platform, SecretKey } from '../../config/model.js';
import { imageMounts, imageVariables } from './image-access.js';
import type { TaskMount } from './image-access.js';
import { describeReceiverCredentials } from './receiver-credentials.js';

/** A variable of a process, as Tekton and Kubernetes write it. */
export interface CredentialVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: CredentialKey } | { readonly configMapKeyRef: CredentialKey };
}

/** May it be missing? Default no: the Pod waits for it. */
type CredentialKey = SecretKey & { readonly optional?: boolean };

/** What a step may need a secret for; the platform says which one, or that none is needed. */
export type Credential = 'git' | 'forge' | 'images' | 'receivers' | MonitoringName;

/** Variables of secrets; those of Git and of the forge are the command line's (gitops/git, gitops/forges). */
export const credentialVariables = {
  gitUsername: 'DRIFTLOOP_GIT_USERNAME',
  gitPassword: 'DRIFTLOOP_GIT_PASSWORD',
  forgeToken: 'DRIFTLOOP_FORGE_TOKEN',
} as const;

/** Servers that steps ask, and the variables with what these want. */
export const monitoringVariables = {
  prometheus: { token: 'DRIFTLOOP_PROMETHEUS_TOKEN', authority: 'DRIFTLOOP_PROMETHEUS_CA' },
  alertmanager: { token: 'DRIFTLOOP_ALERTMANAGER_TOKEN', authority: 'DRIFTLOOP_ALERTMANAGER_CA' },
  registry: { token: 'DRIFTLOOP_REGISTRY_TOKEN', authority: 'DRIFTLOOP_REGISTRY_CA' },
} as const;

export type MonitoringName = keyof typeof monitoringVariables;

/** Keys of a Secret of type kubernetes.io/basic-auth. */
const basicAuth = { username: 'username', password: 'password' } as const;

/** Variables of a step that hold a credential; none where the platform names no Secret. */
const describeCredential: Readonly<
  Record<Credential, (platform: Platform) => readonly CredentialVariable[]>
> = {
  git: ({ gitCredentials: name }) =>
    name === undefined
      ? []
      : [
          readSecret(credentialVariables.gitUsername, { name, key: basicAuth.username }),
          readSecret(credentialVariables.gitPassword, { name, key: basicAuth.password }),
        ],
  receivers: ({ runs }) => (runs.notify?.receivers ?? []).flatMap(describeReceiverCredentials),
  prometheus: (platform) => describeServer(platform, 'prometheus'),
  alertmanager: (platform) => describeServer(platform, 'alertmanager'),
  forge: ({ delivery: { tokenSecret } }) =>
    tokenSecret === undefined ? [] : [readSecret(credentialVariables.forgeToken, tokenSecret)],
  images: (platform) => imageVariables(platform).map(([name, value]) => ({ name, value })),
  registry: (platform) => describeServer(platform, 'registry'),
};

function describeServer({ runs, registry }: Platform, name: MonitoringName): readonly CredentialVariable[] {
  const { token, authority } = monitoringVariables[name];
  const { tokenSecret, ca } = (name === 'registry' ? registry : runs[name]) ?? {};
  return [
    ...(tokenSecret === undefined ? [] : [readSecret(token, tokenSecret)]),
    ...(ca === undefined ? [] : [readCertificate(authority, ca)]),
  ];
}

/** All variables of a step's credentials. */
export function describeCredentials(
  credentials: readonly Credential[],
  platform: Platform,
): readonly CredentialVariable[] {
  return credentials.flatMap((credential) => describeCredential[credential](platform));
}

export function readCertificate(
  variable: string,
  { secret, configMap }: CertificateSource,
): CredentialVariable {
  if (secret !== undefined) return readSecret(variable, secret);
  const { name, key } = configMap;
  return { name: variable, valueFrom: { configMapKeyRef: { name, key } } };
}

/** What a step mounts of its credentials. */
export function credentialMounts(
  credentials: readonly Credential[],
  platform: Platform,
): readonly TaskMount[] {
  return credentials.includes('images') ? imageMounts(platform) : [];
}

export function readSecret(variable: string, { name, key }: SecretKey): CredentialVariable {
  return { name: variable, valueFrom: { secretKeyRef: { name, key } } };
}
