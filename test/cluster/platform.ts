import { execFile } from 'node:child_process';
import { apply, kubectl, list } from './kubectl.js';
import type { ClusterSettings } from './settings.js';
import { repositoryUrl } from './workspace.js';

/** Runs the compiled driftloop; throws with its output when it fails. */
export async function driftloop(settings: ClusterSettings, args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    DRIFTLOOP_GIT_USERNAME: settings.gitUser,
    DRIFTLOOP_GIT_PASSWORD: settings.gitPassword,
  };
  return new Promise((resolve, reject) => {
    execFile('node', ['build/cli/driftloop.js', ...args], { env }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`driftloop ${args.join(' ')} failed:\n${stdout}${stderr}`));
    });
  });
}

/** The Secrets a platform team makes by hand, and Argo CD's credentials for the GitOps repository. */
export async function createSecrets(settings: ClusterSettings): Promise<void> {
  const { namespaces } = settings;
  const credentials = { username: settings.gitUser, password: settings.gitPassword };
  const token = [namespaces.toolings, namespaces.test, namespaces.prod].map((namespace) =>
    secret(namespace, 'driftloop-webhook-token', { token: settings.token }),
  );
  const chat = [namespaces.test, namespaces.prod].map((namespace) =>
    secret(namespace, 'team-chat', { url: 'http://chat.example.com/hook' }),
  );
  await apply([
    ...token,
    ...chat,
    secret(namespaces.toolings, 'git-credentials', credentials),
    secret(
      namespaces.argocd,
      `${settings.platform}-gitops`,
      { type: 'git', url: repositoryUrl(settings, 'gitops'), ...credentials },
      { 'argocd.argoproj.io/secret-type': 'repository' },
    ),
  ]);
}

function secret(namespace: string, name: string, stringData: object, labels: object = {}): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace, labels }, stringData };
}

export interface ApplicationState {
  readonly name: string;
  readonly sync: string;
  readonly health: string;
  readonly revision: string;
}

/** The platform's Applications as Argo CD sees them. */
export async function applications(settings: ClusterSettings): Promise<ApplicationState[]> {
  const all = await list('applications.argoproj.io', settings.namespaces.argocd);
  return all
    .filter(({ metadata }) => metadata.name.startsWith(`${settings.platform}.`))
    .map(({ metadata, status }) => {
      const { sync, health } = (status ?? {}) as {
        sync?: { status?: string; revision?: string };
        health?: { status?: string };
      };
      return {
        name: metadata.name,
        sync: sync?.status ?? 'Unknown',
        health: health?.status ?? 'Unknown',
        revision: sync?.revision ?? '',
      };
    });
}

/** Asks Argo CD to look at the repository now instead of in three minutes. */
export async function refresh(settings: ClusterSettings): Promise<void> {
  const names = (await applications(settings)).map(({ name }) => name);
  if (names.length === 0) return;
  const { argocd } = settings.namespaces;
  const annotation = 'argocd.argoproj.io/refresh=normal';
  await kubectl(['-n', argocd, 'annotate', 'applications.argoproj.io', ...names, annotation, '--overwrite']);
}

/** The key of argocd-cm that the bootstrap adds. */
const healthCheck = 'resource.customizations.health.triggers.tekton.dev_EventListener';

/** Does Argo CD already know when an EventListener is ready? Then the check is not the test's to remove. */
export async function hasHealthCheck(settings: ClusterSettings): Promise<boolean> {
  const text = await kubectl([
    '-n',
    settings.namespaces.argocd,
    'get',
    'configmap',
    'argocd-cm',
    '-o',
    'json',
  ]);
  return healthCheck in ((JSON.parse(text) as { data?: object }).data ?? {});
}

export async function removeHealthCheck(settings: ClusterSettings): Promise<void> {
  const patch = JSON.stringify({ data: { [healthCheck]: null } });
  const configMap = ['-n', settings.namespaces.argocd, 'patch', 'configmap', 'argocd-cm'];
  await kubectl([...configMap, '--type=merge', '-p', patch]);
}

/** Takes everything away that the test has made, in the order that leaves nothing waiting for a finalizer. */
export async function removeEverything(settings: ClusterSettings): Promise<void> {
  const { namespaces, platform } = settings;
  const gone = ['--ignore-not-found', '--wait=true', '--timeout=180s'];
  for (const kind of ['applications.argoproj.io', 'appprojects.argoproj.io']) {
    const names = (await list(kind, namespaces.argocd))
      .map(({ metadata }) => metadata.name)
      .filter((name) => name.startsWith(`${platform}.`))
      // The root first, or it would make the others again.
      .sort((a, b) => Number(b.endsWith('.root')) - Number(a.endsWith('.root')));
    for (const name of names) {
      // Without the finalizer: the namespaces go below, and a sync that still waits would hold the deletion up.
      const withoutFinalizers = JSON.stringify({ metadata: { finalizers: null } });
      await kubectl(['-n', namespaces.argocd, 'patch', kind, name, '--type=merge', '-p', withoutFinalizers]);
      await kubectl(['-n', namespaces.argocd, 'delete', kind, name, ...gone]);
    }
  }
  await kubectl(['-n', namespaces.argocd, 'delete', 'secret', `${platform}-gitops`, ...gone]);
  const { toolings, test, prod, infrastructure } = namespaces;
  await kubectl(['delete', 'namespace', toolings, test, prod, infrastructure, ...gone]);
  for (const kind of ['clusterrolebinding', 'clusterrole']) {
    await kubectl(['delete', kind, `loop-${infrastructure}`, `driftloop-${platform}-listener`, ...gone]);
  }
}
