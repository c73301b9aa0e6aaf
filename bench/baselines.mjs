// What driftloop is compared with, and parts of it, each in a process of its own:
// `baselines.mjs json|stock|structure|rehearse WORKSPACE OUTPUT`.
// Prints a line of JSON with the CPU seconds of the work itself, without loading and rendering.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, Chart, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { DriftloopChart, loadReleases, loadWorkspace, plan, render } from '../build/index.js';
import { rehearseUnits } from '../build/cli/rehearsal-status.js';
import { validateStructure } from '../build/validate/structure.js';

const [kind, workspaceFolder, output] = process.argv.slice(2);
const kinds = { json: writeJson, stock: synthesizeStock, structure: checkStructure, rehearse: rehearseAll };
console.log(JSON.stringify(kinds[kind]()));

/** The floor: the same objects into the same files, as fast as JavaScript can. */
function writeJson() {
  const files = new Map();
  for (const { file, object } of manifestsOf()) {
    const objects = files.get(file) ?? [];
    objects.push(object);
    files.set(file, objects);
  }
  // The better of two: the first warms up, as the measured program is when it writes.
  const seconds = Math.min(...[1, 2].map(() => time(() => writeFiles(files))));
  return { seconds, files: files.size };
}

function writeFiles(files) {
  rmSync(output, { recursive: true, force: true });
  let known;
  for (const [file, objects] of files) {
    const path = join(output, file);
    const folder = dirname(path);
    if (folder !== known) mkdirSync(folder, { recursive: true });
    known = folder;
    writeFileSync(path, objects.map((object) => JSON.stringify(object)).join('\n'));
  }
}

/** `App.synth` as it comes from npm, with all charts in one app. */
function synthesizeStock() {
  DriftloopChart.prototype.toJson = Chart.prototype.toJson;
  const units = planAll();
  const seconds = time(() => {
    const app = new App({ outdir: output, yamlOutputType: YamlOutputType.FILE_PER_CHART });
    for (const { unit, charts } of units) {
      const scope = new Construct(app, unit.directory.replaceAll('/', '-'));
      for (const chart of charts) chart.create(scope);
    }
    app.synth();
  });
  return { seconds, charts: units.reduce((sum, { charts }) => sum + charts.length, 0) };
}

/** All checks against the API schemas, schemas loaded within the time, on 40,000 objects. */
function checkStructure() {
  const manifests = manifestsOf();
  const objects = Array.from({ length: 40_000 }, (_, index) => {
    const manifest = manifests[index % manifests.length];
    if (index < manifests.length) return manifest;
    const metadata = { ...manifest.object.metadata, name: `${manifest.object.metadata.name}-${index}` };
    return { ...manifest, object: { ...manifest.object, metadata } };
  });
  let problems = 0;
  const seconds = time(() => {
    problems = validateStructure(objects).length;
  });
  return { seconds, objects: objects.length, problems };
}

/** Alerts of all models, from firing to run, as for the status of a commit that changes all of them. */
function rehearseAll() {
  const workspace = demand(loadWorkspace(workspaceFolder));
  const releases = demand(loadReleases(workspaceFolder, workspace));
  const units = workspace.models.flatMap(({ name: model, deployments }) =>
    deployments.map(({ environment }) => ({ model, environment: environment.name })),
  );
  let status;
  const seconds = time(() => {
    status = rehearseUnits(workspace, releases, units);
  });
  return { seconds, status };
}

function manifestsOf() {
  return [...render(planAll())].flatMap(({ manifests }) => manifests);
}

function planAll() {
  const workspace = demand(loadWorkspace(workspaceFolder));
  return plan(workspace, demand(loadReleases(workspaceFolder, workspace)));
}

function demand({ value, problems }) {
  if (value === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return value;
}

function time(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
