import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planUnits } from '../../charts/units.js';
import { rehearseUnits } from '../../cli/rehearsal-status.js';
import { loadWorkspace } from '../../config/load-workspace.js';
import type { Workspace } from '../../config/model.js';
import { renderUnits } from '../../synth/render.js';
import { rehearseSamples } from '../../validate/rehearse/rehearse-samples.js';

const names = ['jukebox', 'another', 'third'];
let folder: string;
let workspace: Workspace;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-status-'));
  cpSync('examples/jukebox/driftloop.yaml', join(folder, 'driftloop.yaml'));
  cpSync('examples/jukebox/models', join(folder, 'models'), { recursive: true });
  const text = readFileSync('examples/jukebox/models/jukebox.yaml', 'utf8');
  for (const name of names) {
    writeFileSync(join(folder, `models/${name}.yaml`), text.replace('model: jukebox', `model: ${name}`));
  }
  const { value, problems } = loadWorkspace(folder);
  if (value === undefined) throw new Error(JSON.stringify(problems));
  workspace = value;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const units = names.flatMap((model) => ['test', 'prod'].map((environment) => ({ model, environment })));

describe('the status of a commit about rehearsals', () => {
  it('says of each model by itself what it says among all of them', () => {
    const manifests = [...renderUnits(planUnits(workspace, new Map()))].flatMap((unit) => unit.manifests);
    for (const { model, environment } of units)
      expect(rehearseSamples(manifests, model, environment).problems).toEqual([]);
    expect(rehearseUnits(workspace, new Map(), units)).toEqual({
      context: 'driftloop/rehearse',
      state: 'success',
      description: 'alerts of 6 models start their runs',
    });
  });

  it('is about nothing but the units that are asked for', () => {
    const asked = [{ model: 'third', environment: 'test' }];
    expect(rehearseUnits(workspace, new Map(), asked)?.description).toBe(
      'alerts of 1 model start their runs',
    );
    expect(rehearseUnits(workspace, new Map(), [{ environment: 'test', model: undefined }])).toBeUndefined();
    expect(rehearseUnits(workspace, new Map(), [{ environment: 'test', model: 'nobody' }])).toBeUndefined();
  });

  it('tells an alert that starts no run', () => {
    const models = workspace.models.map((model) =>
      model.name === 'third' && model.training !== undefined
        ? { ...model, training: { ...model.training, when: 'false' } }
        : model,
    );
    expect(rehearseUnits({ ...workspace, models }, new Map(), units)).toMatchObject({
      state: 'failure',
      description: 'alerts of 2 of 6 models do not',
    });
  });
});
