// What is measured of driftloop, and of what it is compared with in the same run.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/workbench.mjs';
import { measureNode, bestOf } from './measure.mjs';
import { changeModel, writeWorkspace } from './workspace.mjs';

const driftloop = join(root, 'build/cli/driftloop.js');
const baselines = join(root, 'bench/baselines.mjs');
const cdk8s = join(root, 'node_modules/cdk8s-cli/bin/cdk8s');

/** What a process costs that does nothing. */
export function measureFloor(folder) {
  const empty = join(folder, 'empty.mjs');
  writeFileSync(empty, '');
  return {
    start: bestOf(9, () => measureNode([empty])),
    version: bestOf(5, () => measureNode([driftloop, '--version'])),
  };
}

/** A workspace synthesized cold, again with nothing changed, again with one model changed; and the raw JSON of it. */
export function measureSize(folder, size) {
  const [workspace, output] = openWorkspace(folder, size);
  const runs = size <= 100 ? 5 : 2;
  const synth = (...more) =>
    measureNode([driftloop, 'synth', '-C', workspace, '-o', output, ...more], { folder });
  const forget = () => {
    for (const path of [output, join(workspace, '.driftloop')])
      rmSync(path, { recursive: true, force: true });
  };
  const cold = bestOf(size <= 1000 ? runs : 1, () => synth(), forget);
  const warm = bestOf(runs, () => synth());
  const changed = bestOf(
    runs,
    () => synth(),
    (round) => {
      changeModel(workspace, Math.floor(size / 2), round);
    },
  );
  const json = measureBaseline('json', workspace, join(folder, 'json'));
  return { size, cold, warm, changed, json };
}

export function measureStock(folder, size) {
  const [workspace, output] = openWorkspace(folder, size);
  const cold = bestOf(size <= 100 ? 3 : 1, () => {
    rmSync(output, { recursive: true, force: true });
    rmSync(join(workspace, '.driftloop'), { recursive: true, force: true });
    return measureNode([driftloop, 'synth', '-C', workspace, '-o', output], { folder });
  });
  return { size, cold, ...measureBaseline('stock', workspace, join(folder, 'stock')) };
}

/** As many models of one team, and of many: what teams have must not be gone through for each model. */
export function measureTeams(folder) {
  const [size, teams] = [400, 200];
  const synthesize = (name, count) => {
    const workspace = join(folder, name);
    writeWorkspace(workspace, size, count);
    const words = ['synth', '-C', workspace, '-o', `${workspace}-output`, '--no-cache'];
    return measureNode([driftloop, ...words], { folder });
  };
  return { size, teams, one: synthesize('one-team', 1), many: synthesize('many-teams', teams) };
}

export function measureStructure(folder) {
  const [workspace] = openWorkspace(folder, 100);
  return measureBaseline('structure', workspace, '');
}

/** Rehearsals of all models, at two sizes that show how their time grows. */
export function measureRehearsal(folder) {
  return [100, 400].map((size) => {
    const [workspace] = openWorkspace(folder, size);
    return { size, ...measureBaseline('rehearse', workspace, '') };
  });
}

/** What publishing costs besides the network. */
export function measurePublishing(folder) {
  const [workspace] = openWorkspace(folder, 1);
  const { output } = measureNode([join(root, 'bench/publish.mjs'), workspace, folder], { folder });
  return JSON.parse(output);
}

/** `cdk8s synth` of one model, and of an app that makes an empty chart and nothing else. */
export function measureCdk8s(folder) {
  const [workspace] = openWorkspace(folder, 1);
  const empty = join(root, 'bench/empty-app.mjs');
  const synth = (app) => {
    const place = join(folder, 'cdk8s');
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place);
    return measureNode([cdk8s, 'synth', '--app', app, '--check-upgrade=false'], { folder, cwd: place });
  };
  // One after the other, so that both meet the same neighbours.
  const rounds = Array.from({ length: 5 }, () => ({
    empty: synth(`node ${empty}`).wall,
    model: synth(`node ${join(root, 'build/main.js')} ${workspace}`).wall,
  }));
  const best = (key) => Math.min(...rounds.map((round) => round[key]));
  return { empty: best('empty'), model: best('model') };
}

function measureBaseline(kind, workspace, output) {
  const { output: line } = measureNode([baselines, kind, workspace, output]);
  if (output !== '') rmSync(output, { recursive: true, force: true });
  return JSON.parse(line);
}

function openWorkspace(folder, size) {
  const workspace = join(folder, `size-${size}`);
  writeWorkspace(workspace, size);
  return [workspace, `${workspace}-output`];
}
