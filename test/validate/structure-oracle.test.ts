import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateStructure } from '../../validate/structure.js';
import type { KubernetesObject } from '../../synth/manifest.js';
import { badCases, badObject, goodObjects, manifestOf } from './structure-cases.js';

/**
 * What the controllers' own code says of the same objects. The answers are kept in
 * test/fixtures/oracle/structure.json; to ask again, set DRIFTLOOP_MANIFEST_ORACLE to the program and
 * DRIFTLOOP_ORACLE_CRDS to the folder of definitions, and run this test.
 */
const fixture = new URL('../fixtures/oracle/structure.json', import.meta.url);

interface Verdict {
  readonly accepted: boolean;
  readonly error?: string;
}

interface Verdicts {
  readonly command: string;
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

const cases = [
  ...goodObjects.map((object) => ({ name: `a good ${object.kind}`, object, ours: undefined })),
  ...badCases.map((bad) => ({ name: `${bad.name} (${bad.kind})`, object: badObject(bad), ours: bad.ours })),
];

const oracle = process.env.DRIFTLOOP_MANIFEST_ORACLE;
if (oracle !== undefined) writeFileSync(fixture, `${JSON.stringify(askAll(oracle), null, 1)}\n`);

const { verdicts } = JSON.parse(readFileSync(fixture, 'utf8')) as Verdicts;

describe('the controllers and driftloop', () => {
  it.each(cases.map((each) => [each.name, each] as const))('agree about %s', (name, { object, ours }) => {
    const theirs = verdicts[name];
    if (theirs === undefined) throw new Error(`no recorded verdict: ${name}`);
    const isAccepted = validateStructure([manifestOf(object)]).length === 0;
    if (ours === undefined) expect({ name, isAccepted }).toEqual({ name, isAccepted: theirs.accepted });
    // The reason why driftloop is stricter must still be needed.
    else expect({ isAccepted, theirs: theirs.accepted }).toEqual({ isAccepted: false, theirs: true });
  });
});

function askAll(program: string): Verdicts {
  const definitions = process.env.DRIFTLOOP_ORACLE_CRDS ?? '';
  const entries = cases.map(({ name, object }) => [name, ask(program, definitions, object)] as const);
  return {
    command: 'manifest-oracle --crds CRDS FILE (each object by itself, as JSON)',
    verdicts: Object.fromEntries(entries),
  };
}

function ask(program: string, definitions: string, object: KubernetesObject): Verdict {
  const folder = mkdtempSync(join(tmpdir(), 'driftloop-oracle-'));
  try {
    const file = join(folder, 'object.json');
    writeFileSync(file, JSON.stringify(object));
    const { stdout } = spawnSync(program, ['--crds', definitions, file], { encoding: 'utf8' });
    const answer = JSON.parse(stdout.split('\n')[0] ?? '') as { ok: boolean; error?: string };
    return { accepted: answer.ok, ...(answer.error !== undefined && { error: answer.error }) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
