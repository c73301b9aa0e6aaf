import { caFileVariable } from './remote.js';
import type { Remote } from './remote.js';

/** Variables that would point git at another repository, as when driftloop runs inside a Git hook. */
const repositoryVariables = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_CONFIG_PARAMETERS',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_NAMESPACE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_QUARANTINE_PATH',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
];

/** Settings that win over the user's: no hooks, no background work, no connection that hangs for ever. */
const ownSettings: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['push.followTags', 'false'],
  ['push.gpgSign', 'false'],
  ['submodule.recurse', 'false'],
  ['http.lowSpeedLimit', '1'],
  ['http.lowSpeedTime', '60'],
];

/**
 * The environment git runs in. The user's own configuration stays in force (proxies, certificates, credential
 * helpers); nothing may ask a question; the password travels as a header scoped to its host.
 */
export function gitEnvironment(
  base: NodeJS.ProcessEnv,
  remote: Remote | undefined,
  gitDirectory: string | undefined,
): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...base };
  for (const variable of repositoryVariables) Reflect.deleteProperty(environment, variable);
  Object.assign(environment, {
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    // Looking at a workspace must not write its index.
    GIT_OPTIONAL_LOCKS: '0',
    // Empty, it keeps git from asking the program meant for ssh, with the user's name among its arguments.
    GIT_ASKPASS: remote?.credentials === undefined ? (base.GIT_ASKPASS ?? '') : '',
    GCM_INTERACTIVE: 'never',
    SSH_ASKPASS: 'false',
    SSH_ASKPASS_REQUIRE: 'force',
    GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
    ...(gitDirectory === undefined ? {} : { GIT_DIR: gitDirectory }),
  });
  const authorities = base[caFileVariable] ?? '';
  // The variable, because where somebody has set it, it counts more than a setting.
  if (authorities !== '') environment.GIT_SSL_CAINFO = authorities;
  addSettings(environment, [...ownSettings, ...remoteSettings(remote)]);
  return environment;
}

function remoteSettings(remote: Remote | undefined): readonly (readonly [string, string])[] {
  if (remote === undefined) return [];
  const partialClone = [
    ['remote.origin.url', remote.url],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.partialclonefilter', 'blob:none'],
  ] as const;
  return [...partialClone, ...credentialSettings(remote)];
}

function credentialSettings(remote: Remote): readonly (readonly [string, string])[] {
  const { credentials, username, url } = remote;
  if (credentials === undefined) {
    return username === undefined ? [] : [[`credential.${new URL(url).origin}.username`, username]];
  }
  const header = `http.${new URL(url).origin}/.extraHeader`;
  return [
    ['credential.helper', ''],
    // The empty value drops headers of the user's configuration: a request with two authorizations is refused.
    [header, ''],
    [header, `Authorization: Basic ${encodedSecret(remote) ?? ''}`],
  ];
}

function encodedSecret(remote: Remote): string | undefined {
  if (remote.credentials === undefined) return undefined;
  const { username, password } = remote.credentials;
  return Buffer.from(`${username}:${password}`).toString('base64');
}

/** Appends to settings the caller's environment already holds. */
function addSettings(environment: NodeJS.ProcessEnv, settings: readonly (readonly [string, string])[]): void {
  const first = Number.parseInt(environment.GIT_CONFIG_COUNT ?? '0', 10) || 0;
  settings.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${first + index}`] = key;
    environment[`GIT_CONFIG_VALUE_${first + index}`] = value;
  });
  environment.GIT_CONFIG_COUNT = String(first + settings.length);
}

/** Takes passwords out of what git says. */
export function redactSecrets(text: string, remote: Remote | undefined): string {
  const secrets = remote === undefined ? [] : [remote.credentials?.password, encodedSecret(remote)];
  const masked = secrets.reduce<string>(
    // Next to a token stands a password such as `x`, which is none.
    (rest, secret) => (secret === undefined || secret.length < 4 ? rest : rest.replaceAll(secret, '***')),
    text,
  );
  return masked.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@']*@/gi, '$1');
}
