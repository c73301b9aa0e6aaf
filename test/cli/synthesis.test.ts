import fc from 'fast-check';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { synthesizeWorkspace } from '../../cli/synthesis.js';
import { fingerprintTree } from '../../synth/cache/fingerprint.js';
import { recordFile } from '../../synth/output-record.js';
import { journalFile, markOutput } from '../../synth/patch.js';
import { SynthesisMemory } from '../../synth/cache/synthesis-memory.js';
import { readUserSeal } from '../../synth/cache/user-seal.js';
import { readTree } from './read-tree.js';

let folder: string;
let workspace: string;
let output: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-synthesis-'));
  workspace = join(folder, 'workspace');
  output = join(workspace, 'dist');
  for (const name of ['driftloop.yaml', 'models']) {
    cpSync(join('examples/jukebox', name), join(workspace, name), { recursive: true });
  }
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Files of which nobody can tell whether they were written twice within a tick of the clock are not remembered. */
async function settle(): Promise<void> {
  while (fingerprintTree(workspace)?.isYoung === true) await setTimeout(5);
}

async function synthesize(generator = 'one') {
  await settle();
  return synthesizeWorkspace({ directory: workspace, output, generator, userCache: userCache() });
}

/** The same from nothing, as the first run on another machine. */
async function synthesizeCold() {
  const elsewhere = join(folder, 'elsewhere');
  rmSync(elsewhere, { recursive: true, force: true });
  const result = await synthesizeWorkspace({
    directory: workspace,
    output: elsewhere,
    userCache: undefined,
  });
  return { result, tree: result.value === undefined ? undefined : readTree(elsewhere) };
}

async function isRemembered(generator = 'one'): Promise<boolean> {
  await settle();
  const request = { generator, workspace, releases: undefined, output, options: undefined };
  const seal = readUserSeal(userCache());
  return seal !== undefined && new SynthesisMemory(request, seal).recall() !== undefined;
}

const model = (name: string): string => join(workspace, 'models', `${name}.yaml`);
const userCache = (): string => join(folder, 'user-cache');
const cache = (): string => join(workspace, '.driftloop/cache');

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/** @param called a warning when it is not the name of the file */
function addModel(name: string, called = name): void {
  const text = readFileSync(join('examples/jukebox/models/jukebox.yaml'), 'utf8');
  writeFileSync(model(name), text.replace('model: jukebox', `model: ${called}`));
}

describe('a synthesis with a memory', () => {
  it('does nothing when nothing has changed', async () => {
    await synthesize();
    expect(await isRemembered()).toBe(true);
    const before = fingerprintTree(output)?.stats;
    expect((await synthesize()).value).toBeGreaterThan(10);
    expect(fingerprintTree(output)?.stats).toBe(before);
  });

  it('puts back what was deleted or edited in the output, as cdk8s deletes all of it before each run', async () => {
    await synthesize();
    const tree = readTree(output);
    rmSync(output, { recursive: true });
    await synthesize();
    expect(readTree(output)).toEqual(tree);
    edit(join(output, 'toolings/jukebox-pipeline.k8s.yaml'), (text) => text.replace('jukebox', 'juke-ox'));
    await synthesize();
    expect(readTree(output)).toEqual(tree);
  });

  it('refuses foreign files in the output as before', async () => {
    await synthesize();
    writeFileSync(join(output, 'mine.txt'), 'mine');
    const { value, problems } = await synthesize();
    expect(value).toBeUndefined();
    expect(problems.map(({ code }) => code)).toEqual(['SYNTH_FOREIGN_FILES']);
    expect(readFileSync(join(output, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('says its warnings again, with their positions', async () => {
    writeFileSync(join(workspace, 'models/note.yaml'), readFileSync(model('jukebox')));
    rmSync(model('jukebox'));
    const first = await synthesize();
    expect(first.problems).toMatchObject([
      { code: 'CONFIG_FILE_NAME', position: { file: 'models/note.yaml' } },
    ]);
    expect(await isRemembered()).toBe(true);
    expect(await synthesize()).toEqual(first);
  });

  it('knows files again that were only touched, and forgets those that were not', async () => {
    await synthesize();
    utimesSync(model('jukebox'), 1, 1);
    expect(await isRemembered()).toBe(true);
    edit(model('jukebox'), (text) => text.replace('0.05', '0.04'));
    utimesSync(model('jukebox'), 1, 1);
    expect(await isRemembered()).toBe(false);
  });

  it.each(['releases', 'models/empty', 'notes.txt'])('renders anew when %s appears', async (path) => {
    await synthesize();
    if (path.endsWith('.txt')) writeFileSync(join(workspace, path), '');
    else mkdirSync(join(workspace, path));
    expect(await isRemembered()).toBe(false);
  });

  it('looks at the releases of a GitOps repository, and at nothing else of it', async () => {
    const releases = join(folder, 'gitops');
    const memoryOf = () => {
      const seal = readUserSeal(userCache()) ?? Buffer.alloc(0);
      return new SynthesisMemory({ generator: 'one', workspace, releases, output, options: undefined }, seal);
    };
    mkdirSync(releases);
    await settle();
    await synthesizeWorkspace({
      directory: workspace,
      releases,
      output,
      generator: 'one',
      userCache: userCache(),
    });
    writeFileSync(join(releases, 'README.md'), '');
    expect(memoryOf().recall()).toBeDefined();
    mkdirSync(join(releases, 'releases/dist'), { recursive: true });
    expect(memoryOf().recall()).toBeUndefined();
    rmSync(releases, { recursive: true });
    expect(memoryOf().recall()).toBeUndefined();
  });

  it('believes no other program', async () => {
    await synthesize();
    expect(await isRemembered('two')).toBe(false);
  });

  it('believes nothing that another user made, as a repository may bring it along', async () => {
    await synthesize();
    const { tree } = await synthesizeCold();
    const seal = join(userCache(), 'driftloop/seal');
    expect(statSync(seal).mode & 0o777).toBe(0o600);
    writeFileSync(seal, 'x'.repeat(32));
    expect(await isRemembered()).toBe(false);
    edit(model('jukebox'), (text) => text.replace(/$/, '# edited'));
    expect((await synthesize()).problems).toEqual([]);
    expect(readTree(output)).toEqual(tree);
    expect(await isRemembered()).toBe(true);
  });

  it.each(['', 'short'])('makes a new secret where the old one is "%s"', async (damaged) => {
    await synthesize();
    writeFileSync(join(userCache(), 'driftloop/seal'), damaged);
    expect((await synthesize()).problems).toEqual([]);
    expect(await isRemembered()).toBe(true);
  });

  it('remembers nothing where the user has no place for a secret', async () => {
    writeFileSync(userCache(), 'a file');
    expect((await synthesize()).value).toBeGreaterThan(10);
    expect(await isRemembered()).toBe(false);
  });

  it.each([
    ['is cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['is empty', () => Buffer.alloc(0)],
    [
      'has a flipped bit',
      (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === 99 ? byte ^ 1 : byte))),
    ],
    ['is of somebody else', () => Buffer.from('{"request":"x"}')],
  ])('renders anew when a file of it %s', async (_what, damage) => {
    await synthesize();
    const tree = readTree(output);
    const files = [...readTree(cache()).keys()].filter((file) => !file.startsWith('.'));
    expect(files.length).toBeGreaterThan(3);
    for (const name of files) {
      const whole = readFileSync(join(cache(), name));
      writeFileSync(join(cache(), name), damage(whole));
      rmSync(output, { recursive: true, force: true });
      expect((await synthesize()).problems).toEqual([]);
      expect(readTree(output)).toEqual(tree);
    }
  });

  it('renders anew what a damaged file of it held, when a model has changed', async () => {
    addModel('another');
    await synthesize();
    for (const name of [...readTree(cache()).keys()].filter((file) => !file.startsWith('.'))) {
      writeFileSync(join(cache(), name), 'damaged');
      rmSync(output, { recursive: true });
      edit(model('another'), (text) => text.replace(/# .*|$/, `# ${name}`));
      expect((await synthesize()).problems).toEqual([]);
      expect(readTree(output)).toEqual((await synthesizeCold()).tree);
    }
  });

  it('touches nothing but the files of a model that has changed', async () => {
    addModel('another');
    await synthesize();
    const before = new Map([...readTree(output).keys()].map((path) => [path, statSync(join(output, path))]));
    edit(model('another'), (text) => text.replace('0.05', '0.04'));
    expect((await synthesize()).problems).toEqual([]);
    const touched = [...readTree(output).keys()].filter(
      (path) => statSync(join(output, path)).ctimeMs !== before.get(path)?.ctimeMs,
    );
    expect(touched.sort()).toEqual([
      '.driftloop-output',
      'environments/prod/another/drift-alerts.k8s.yaml',
      'environments/test/another/drift-alerts.k8s.yaml',
    ]);
    expect(readTree(output)).toEqual((await synthesizeCold()).tree);
  });

  it('works without a place for its memory', async () => {
    writeFileSync(join(workspace, '.driftloop'), 'a file');
    expect((await synthesize()).value).toBeGreaterThan(10);
    expect(await isRemembered()).toBe(false);
  });

  it('remembers nothing of a run that fails', async () => {
    edit(model('jukebox'), (text) => text.replace('meanshift', 'meanshit'));
    expect((await synthesize()).value).toBeUndefined();
    expect(await isRemembered()).toBe(false);
  });

  it('ends in one whole tree when several run at once', async () => {
    const { tree } = await synthesizeCold();
    await Promise.all([1, 2, 3].map(() => synthesize()));
    expect(readTree(output)).toEqual(tree);
    await synthesize();
    expect(readTree(output)).toEqual(tree);
    edit(model('jukebox'), (text) => text.replace('0.05', '0.04'));
    await Promise.all([1, 2, 3].map(() => synthesize()));
    expect(readTree(output)).toEqual((await synthesizeCold()).tree);
  });
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
    edit(model('jukebox'), (text) => text.replace(/threshold: .*/, `threshold: 0.0${value}`));
  else if (kind === 'platform')
    edit(join(workspace, 'driftloop.yaml'), (text) => text.replace(/steps:\d.*/, `steps:${value}.0.0`));
  else if (kind === 'add') addModel(name);
  else if (kind === 'remove') rmSync(model(name), { force: true });
  else if (kind === 'break') writeFileSync(model(name), 'model: [');
  else if (kind === 'rename') writeFileSync(model(name), readFileSync(model('jukebox')));
  else if (kind === 'wipe') rmSync(output, { recursive: true, force: true });
  else if (kind === 'spoil') spoil(join(output, 'toolings/jukebox-pipeline.k8s.yaml'));
  else if (kind === 'touch') utimesSync(model('jukebox'), value, value);
  else if (kind === 'release') addRelease(value);
  else if (kind === 'kill') leaveStage(value);
  else if (kind === 'misname') addModel(name, `other-${value}`);
}

function spoil(file: string): void {
  if (fingerprintTree(output) !== undefined) edit(file, (text) => text.replace('a', 'b'));
}

/** What a process leaves that is killed while it updates the output. */
function leaveStage(value: number): void {
  if (fingerprintTree(output) === undefined) return;
  const stage = `${output}.tmp-999999999-0123abcd`;
  rmSync(`${stage}-previous`, { recursive: true, force: true });
  mkdirSync(join(stage, 'toolings'), { recursive: true });
  const added = 'toolings/x.k8s.yaml';
  writeFileSync(join(stage, added), '');
  writeFileSync(join(stage, recordFile), `${readFileSync(join(output, recordFile), 'utf8')}${added}\n`);
  const journal = {
    written: [added, recordFile],
    removed: ['bootstrap/README.md'],
    mark: markOutput(output),
  };
  if (value > 1) writeFileSync(join(stage, journalFile), JSON.stringify(journal));
  if (value > 2) renameSync(output, `${stage}-previous`);
}

function addRelease(version: number): void {
  mkdirSync(join(workspace, 'releases/test'), { recursive: true });
  const image = `oci://registry.example.com/jukebox/model@sha256:${String(version).repeat(64)}`;
  const release = { model: 'jukebox', environment: 'test', version: String(version), image, by: 'test' };
  const text = JSON.stringify({ ...release, releasedAt: '2026-01-01T00:00:00Z' });
  writeFileSync(join(workspace, 'releases/test/jukebox.yaml'), text);
}

describe('whatever is edited', () => {
  it('gives the same tree and the same problems as a first run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const one of steps) {
          apply(one);
          const warm = await synthesize();
          const cold = await synthesizeCold();
          expect(warm).toEqual(cold.result);
          if (cold.tree !== undefined) expect(readTree(output)).toEqual(cold.tree);
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
