import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadWorkspace } from '../../../../config/load-workspace.js';
import type { Deployment, Model, Workspace } from '../../../../config/model.js';
import type { Problem } from '../../../../problems/problem.js';

const made: string[] = [];

/** A small tree of one user, whose model is watched and trained anew. */
export const goodTree: Readonly<Record<string, string>> = {
  'toolings/bootstrap/config.yaml': `chart_path: charts/bootstrap
namespaces:
  - name: user1-test
  - name: user1-prod
`,
  'toolings/ct-pipeline/config.yaml': `chart_path: charts/pipelines
USER_NAME: user1
cluster_domain: apps.cluster.example.com
git_server: git.example.com
alert_trigger: true
`,
  ...inBoth('trustyai', 'chart_path: charts/trustyai\n'),
  ...inBoth(
    'alerting',
    `chart_path: charts/alerting
name: jukebox
user: user1
cluster_domain: apps.cluster.example.com
alert_manager: true
`,
  ),
  ...inBoth(
    'jukebox',
    `chart_path: charts/model-deployment/simple
name: jukebox
version: 4562a17c17
image_repository: registry.example.com
image_namespace: user1-test
`,
  ),
};

function inBoth(app: string, text: string): Record<string, string> {
  const path = (environment: string) => `model-deployments/${environment}/${app}/config.yaml`;
  return { [path('test')]: text, [path('prod')]: text };
}

/** Writes a tree, by default the good one; undefined leaves a file of it out. Removed by removeTrees. */
export function writeTree(files: Readonly<Record<string, string | undefined>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'driftloop-course-'));
  made.push(directory);
  for (const [path, text] of Object.entries({ ...goodTree, ...files })) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

/** To be called after each test. */
export function removeTrees(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

export interface LoadedTree {
  readonly workspace: Workspace;
  readonly problems: readonly Problem[];
}

/** Loads a tree that has a value. */
export function loadTree(files: Readonly<Record<string, string | undefined>> = {}): LoadedTree {
  const { value, problems } = loadWorkspace(writeTree(files));
  if (value === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return { workspace: value, problems };
}

/** `CODE file:line:column` of every problem. */
export function places(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, position }) =>
    position === undefined ? code : `${code} ${position.file}:${position.line}:${position.column}`,
  );
}

export function modelOf({ workspace }: LoadedTree, name = 'jukebox'): Model {
  const model = workspace.models.find((each) => each.name === name);
  if (model === undefined) throw new Error(`no model ${name}`);
  return model;
}

export function deploymentOf(tree: LoadedTree, environment: string, name = 'jukebox'): Deployment {
  const found = modelOf(tree, name).deployments.find((each) => each.environment.name === environment);
  if (found === undefined) throw new Error(`no environment ${environment}`);
  return found;
}
