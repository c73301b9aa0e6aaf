import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { ClusterSettings } from './settings.js';

/** The repositories of the test, as the cluster reaches them. */
export function repositoryUrl(settings: ClusterSettings, name: 'gitops' | 'platform' | 'jukebox'): string {
  return `http://git.${settings.namespaces.infrastructure}.svc.cluster.local:8080/${name}.git`;
}

/** Copies examples/jukebox and changes what differs on this cluster: addresses, names, images, and the clock. */
export function writeWorkspace(settings: ClusterSettings, directory: string, initialImage: string): void {
  cpSync('examples/jukebox', directory, {
    recursive: true,
    filter: (path) => !/(\.driftloop|rendered|source|payloads)$/.test(path),
  });
  const { namespaces } = settings;
  edit(join(directory, 'driftloop.yaml'), [
    [['platform'], settings.platform],
    [['repository', 'url'], repositoryUrl(settings, 'gitops')],
    [['source', 'url'], repositoryUrl(settings, 'platform')],
    [['namespaces', 'toolings'], namespaces.toolings],
    [['namespaces', 'monitoring'], namespaces.infrastructure],
    [['namespaces', 'argocd'], namespaces.argocd],
    [['environments', 'test', 'namespace'], namespaces.test],
    [['environments', 'prod', 'namespace'], namespaces.prod],
    [['images', 'steps'], settings.stepsImage],
    [['gitCredentials'], 'git-credentials'],
    [['alerting', 'interval'], '2s'],
    [['alerting', 'groupWait'], '1s'],
    [['alerting', 'groupInterval'], '5s'],
    [['alerting', 'repeatInterval'], '20s'],
    [['alerting', 'keepFiringFor'], '30s'],
    [['alerting', 'runDeadline'], '1m'],
  ]);
  edit(join(directory, 'models', 'jukebox.yaml'), [
    [['source', 'repo'], repositoryUrl(settings, 'jukebox')],
    [['drift', 'detectors', 0, 'for'], '4s'],
    [['training', 'image'], settings.exampleImage],
    [['training', 'env', 'REGISTRY'], registryUrl(settings)],
    [['training', 'storage'], '100Mi'],
    [['training', 'resources', 'cpu'], '100m'],
    [['training', 'resources', 'memory'], '256Mi'],
    [['serving', 'resources', 'cpu'], '50m'],
    [['serving', 'resources', 'memory'], '128Mi'],
    [['serving', 'image'], settings.exampleImage],
    [['serving', 'env', 'REGISTRY'], registryUrl(settings)],
    [['serving', 'initial', 'image'], initialImage],
  ]);
}

/** Where the example's programs find the registry. */
export function registryUrl(settings: ClusterSettings): string {
  return `http://registry.${settings.namespaces.infrastructure}.svc.cluster.local:8080`;
}

function edit(file: string, changes: readonly (readonly [readonly (string | number)[], string])[]): void {
  const document = parseDocument(readFileSync(file, 'utf8'));
  for (const [path, value] of changes) document.setIn(path, value);
  writeFileSync(file, document.toString());
}

/** Trains once from here, so that there is a model to serve before the first run; returns its image. */
export function trainInitialModel(settings: ClusterSettings, registry: string, output: string): string {
  execFileSync('node', ['examples/jukebox/source/train.mjs'], {
    env: { ...process.env, REGISTRY: registry, DRIFTLOOP_OUTPUT: output },
    stdio: 'pipe',
  });
  const { image } = JSON.parse(readFileSync(join(output, 'model.json'), 'utf8')) as { image: string };
  return image.replace(new URL(registry).host, new URL(registryUrl(settings)).host);
}

/** Makes a folder a repository with one commit, pushes it to the test's git server and returns the commit. */
export function pushRepository(directory: string, url: string): string {
  git(directory, 'init', '--quiet', '--initial-branch=main');
  return commitAndPush(directory, url);
}

/** Changes a file, commits and pushes it; returns the commit. */
export function commitFile(directory: string, file: string, url: string): string {
  appendFileSync(join(directory, file), 'changed\n');
  return commitAndPush(directory, url);
}

function commitAndPush(directory: string, url: string): string {
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message=chore: next version');
  git(directory, 'push', '--quiet', url, 'main');
  return git(directory, 'rev-parse', 'HEAD');
}

function git(directory: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=loop', '-c', 'user.email=loop@example.com'];
  const options = { encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync('git', ['-C', directory, ...identity, ...args], options).trim();
}
