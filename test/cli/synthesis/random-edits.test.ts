import fc from 'fast-check';
import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintTree } from '../../../synth/cache/fingerprint.js';
import { recordFile } from '../../../synth/output-record.js';
import { journalFile, markOutput } from '../../../synth/patch.js';
import { readTree } from '../read-tree.js';
import { SynthesisStage } from './synthesis-stage.js';

let stage: SynthesisStage;

beforeEach(() => {
  stage = new SynthesisStage();
});

afterEach(() => {
  stage.remove();
});

const step = fc.oneof(
  fc.record({ kind: fc.constant('threshold' as const), value: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant('platform' as const), value: fc.integer({ min: 1, max: 9 }) }),
  ...(
    [
      'add',
      'remove',
      'break',
      'rename',
      'wipe',
      'spoil',
      'touch',
      'nothing',
      'release',
      'kill',
      'misname',
    ] as const
  ).map((kind) => fc.record({ kind: fc.constant(kind), value: fc.integer({ min: 1, max: 3 }) })),
);

function apply({ kind, value }: { kind: string; value: number }): void {
  const name = `model-${value}`;
  if (kind === 'threshold')
    stage.edit(stage.model('jukebox'), (text) => text.replace(/threshold: .*/, `threshold: 0.0${value}`));
  else if (kind === 'platform')
    stage.edit(join(stage.workspace, 'driftloop.yaml'), (text) =>
      text.replace(/steps:\d.*/, `steps:${value}.0.0`),
    );
  else if (kind === 'add') stage.addModel(name);
  else if (kind === 'remove') rmSync(stage.model(name), { force: true });
  else if (kind === 'break') writeFileSync(stage.model(name), 'model: [');
  else if (kind === 'rename') writeFileSync(stage.model(name), readFileSync(stage.model('jukebox')));
  else if (kind === 'wipe') rmSync(stage.output, { recursive: true, force: true });
  else if (kind === 'spoil') spoil(join(stage.output, 'toolings/jukebox-pipeline.k8s.yaml'));
  else if (kind === 'touch') utimesSync(stage.model('jukebox'), value, value);
  else if (kind === 'release') addRelease(value);
  else if (kind === 'kill') leaveStage(value);
  else if (kind === 'misname') stage.addModel(name, `other-${value}`);
}

function spoil(file: string): void {
  if (fingerprintTree(stage.output) !== undefined) stage.edit(file, (text) => text.replace('a', 'b'));
}

/** What a process leaves that is killed while it updates the output. */
function leaveStage(value: number): void {
  if (fingerprintTree(stage.output) === undefined) return;
  const left = `${stage.output}.tmp-999999999-0123abcd`;
  rmSync(`${left}-previous`, { recursive: true, force: true });
  mkdirSync(join(left, 'toolings'), { recursive: true });
  const added = 'toolings/x.k8s.yaml';
  writeFileSync(join(left, added), '');
  writeFileSync(join(left, recordFile), `${readFileSync(join(stage.output, recordFile), 'utf8')}${added}\n`);
  const journal = {
    written: [added, recordFile],
    removed: ['bootstrap/README.md'],
    mark: markOutput(stage.output),
  };
  if (value > 1) writeFileSync(join(left, journalFile), JSON.stringify(journal));
  if (value > 2) renameSync(stage.output, `${left}-previous`);
}

function addRelease(version: number): void {
  mkdirSync(join(stage.workspace, 'releases/test'), { recursive: true });
  const image = `oci://registry.example.com/jukebox/model@sha256:${String(version).repeat(64)}`;
  const release = { model: 'jukebox', environment: 'test', version: String(version), image, by: 'test' };
  const text = JSON.stringify({ ...release, releasedAt: '2026-01-01T00:00:00Z' });
  writeFileSync(join(stage.workspace, 'releases/test/jukebox.yaml'), text);
}

describe('whatever is edited', () => {
  it('gives the same tree and the same problems as a first run, and check the same problems', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const one of steps) {
          apply(one);
          const found = stage.check();
          const warm = await stage.synthesize();
          const cold = await stage.synthesizeCold();
          expect(found).toEqual(cold.result.problems);
          expect(warm).toEqual(cold.result);
          if (cold.tree !== undefined) expect(readTree(stage.output)).toEqual(cold.tree);
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
