import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitManifests } from '../../synth/emit.js';
import { eventWorkspace, exposedBy, otherExposures } from './event-fixture.js';
import { jobTraining, rayTraining, sparkTraining, trainJobTraining } from './engine-fixture.js';
import { packaging } from './packaging-fixture.js';
import { onOpenShift } from './openshift-fixture.js';
import { everyKindWorkspace, objectsOf, render, serve, server, withModels } from './workspace-fixture.js';

/**
 * What the controllers' own code says of everything that is rendered, on both profiles. Kept is which kinds they have
 * seen; to ask again, set DRIFTLOOP_MANIFEST_ORACLE to the program and DRIFTLOOP_ORACLE_CRDS to the folder of
 * definitions, those of TrustyAI, Grafana and KEDA among them, and run this test.
 */
const fixture = new URL('../fixtures/oracle/profiles.json', import.meta.url);

/** A run of every stage for each engine. */
const stagesWorkspace = withModels(
  [jobTraining, trainJobTraining, rayTraining, sparkTraining].map((training) => ({
    ...serve(training.engine, server),
    training,
    packaging,
  })),
);

const ways = [stagesWorkspace, eventWorkspace, ...otherExposures.map(exposedBy)];
const profiles = {
  kubernetes: [everyKindWorkspace, ...ways].map((workspace) => render(workspace)),
  openshift: [everyKindWorkspace, ...ways].map((workspace) => render(onOpenShift(workspace))),
};

type Units = ReturnType<typeof render>;

type Verdicts = Readonly<Record<string, Readonly<Record<string, 'accepted' | 'refused'>>>>;

const oracle = process.env.DRIFTLOOP_MANIFEST_ORACLE;
if (oracle !== undefined) {
  const asked = Object.entries(profiles).map(([name, workspaces]) => [name, askAll(oracle, workspaces)]);
  writeFileSync(fixture, `${JSON.stringify(Object.fromEntries(asked), null, 1)}\n`);
}

test.each(Object.entries(profiles))(
  'the controllers accept every kind that is rendered on %s',
  (name, workspaces) => {
    const units = workspaces.flat();
    const verdicts = (JSON.parse(readFileSync(fixture, 'utf8')) as Verdicts)[name] ?? {}; // As written above.
    const rendered = new Set(objectsOf(units).map(({ apiVersion, kind }) => `${apiVersion}/${kind}`));
    expect([...rendered].filter((kind) => verdicts[kind] !== 'accepted')).toEqual([]);
  },
);

/** Each workspace by itself; refused is what is refused in one of them. */
function askAll(program: string, workspaces: readonly Units[]): Verdicts[string] {
  const all = workspaces.flatMap((units) => Object.entries(ask(program, objectsOf(units))));
  const refused = all.filter(([, verdict]) => verdict === 'refused');
  return Object.fromEntries([...all.sort(([left], [right]) => (left < right ? -1 : 1)), ...refused]);
}

function ask(program: string, objects: ReturnType<typeof objectsOf>): Verdicts[string] {
  const folder = mkdtempSync(join(tmpdir(), 'driftloop-oracle-'));
  try {
    writeFileSync(join(folder, 'all.yaml'), emitManifests(objects));
    const definitions = process.env.DRIFTLOOP_ORACLE_CRDS ?? '';
    const { stdout } = spawnSync(program, ['--crds', definitions, folder], { encoding: 'utf8' });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { apiVersion: string; kind: string; ok: boolean }); // One per object.
    const verdicts = answers.map(({ apiVersion, kind, ok }) => [`${apiVersion}/${kind}`, ok] as const);
    const kinds = [...new Set(verdicts.map(([kind]) => kind))].sort();
    const isRefused = (kind: string) => verdicts.some(([each, ok]) => each === kind && !ok);
    return Object.fromEntries(kinds.map((kind) => [kind, isRefused(kind) ? 'refused' : 'accepted']));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
