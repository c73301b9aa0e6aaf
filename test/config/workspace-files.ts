import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadWorkspace } from '../../config/load-workspace.js';
import type { Detector, Model, Workspace } from '../../config/model.js';

/** A platform with a monitor of each kind that tests need. */
export const goodPlatform = `platform: mlops
profile: kubernetes
repository:
  url: https://git.example.com/mlops/gitops.git
source:
  url: https://git.example.com/mlops/platform.git
namespaces:
  toolings: mlops-toolings
environments:
  test: { namespace: mlops-test }
  prod: { namespace: mlops-prod }
monitors:
  trustyai: { dialect: trustyai-java }
  trustyai-new: { dialect: trustyai-python }
  own: { dialect: exporter }
receivers:
  team-chat:
    slack: { channel: '#jukebox', apiUrlSecret: { name: team-chat, key: url } }
images:
  steps: registry.example.com/driftloop/steps:0.1.0
`;

export const goodModel = `model: jukebox
owner: music-team
source:
  repo: https://git.example.com/mlops/jukebox.git
drift:
  monitor: trustyai
  detectors:
    - metric: meanshift
      features: [energy, tempo]
      threshold: 0.05
  onDrift: [notify, retrain]
training:
  image: registry.example.com/jukebox/train:1.4.2
  timeout: 30m
gates:
  metrics:
    accuracy: { min: 0.75 }
`;

const made: string[] = [];

/** Writes files below a new directory, by default a good workspace with one model; removed by removeWorkspaces. */
export function writeWorkspace(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'driftloop-config-'));
  made.push(directory);
  const all = { 'driftloop.yaml': goodPlatform, 'models/jukebox.yaml': goodModel, ...files };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

/** To be called after each test. */
export function removeWorkspaces(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** The workspace, which must have no problems at all. */
export function loadGood(files: Readonly<Record<string, string>> = {}): Workspace {
  const { value, problems } = loadWorkspace(writeWorkspace(files));
  if (value === undefined || problems.length > 0) throw new Error(JSON.stringify(problems, undefined, 2));
  return value;
}

/** The only model of a workspace without problems. */
export function loadModel(model: string, platform = goodPlatform): Model {
  const [loaded] = loadGood({ 'models/jukebox.yaml': model, 'driftloop.yaml': platform }).models;
  if (loaded === undefined) throw new Error('the workspace has no model');
  return loaded;
}

/** Detectors of the first environment. */
export function loadDetectors(sections: string, platform = goodPlatform): readonly Detector[] {
  const model = `model: jukebox\nsource: { repo: https://git.example.com/mlops/jukebox.git }\n${sections}`;
  return loadModel(model, platform).deployments[0]?.detectors ?? [];
}
