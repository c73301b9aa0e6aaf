import type { Platform, SecretKey } from '../../config/model.js';
import type { TaskSpecStepsEnv } from '../../imports/tekton.dev.js';

/** What a step may need a secret for; the platform says which one, or that none is needed. */
export type Credential = 'git';

/** Variables of secrets; those of Git are the command line's (gitops/git/remote.ts). */
export const credentialVariables = {
  gitUsername: 'DRIFTLOOP_GIT_USERNAME',
  gitPassword: 'DRIFTLOOP_GIT_PASSWORD',
} as const;

/** Keys of a Secret of type kubernetes.io/basic-auth. */
const basicAuth = { username: 'username', password: 'password' } as const;

/** Variables of a step that hold a credential; none where the platform names no Secret. */
const describeCredential: Readonly<Record<Credential, (platform: Platform) => readonly TaskSpecStepsEnv[]>> =
  {
    git: ({ gitCredentials: name }) =>
      name === undefined
        ? []
        : [
            readSecret(credentialVariables.gitUsername, { name, key: basicAuth.username }),
            readSecret(credentialVariables.gitPassword, { name, key: basicAuth.password }),
          ],
  };

/** All variables of a step's credentials. */
export function describeCredentials(
  credentials: readonly Credential[],
  platform: Platform,
): readonly TaskSpecStepsEnv[] {
  return credentials.flatMap((credential) => describeCredential[credential](platform));
}

function readSecret(variable: string, { name, key }: SecretKey): TaskSpecStepsEnv {
  return { name: variable, valueFrom: { secretKeyRef: { name, key } } };
}
