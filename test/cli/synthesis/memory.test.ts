import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeWorkspace } from '../../../cli/synthesis.js';
import { fingerprintTree } from '../../../synth/cache/fingerprint.js';
import { SynthesisMemory } from '../../../synth/cache/synthesis-memory.js';
import { readUserSeal } from '../../../synth/cache/user-seal.js';
import { readTree } from '../read-tree.js';
import { SynthesisStage } from './synthesis-stage.js';

let stage: SynthesisStage;

beforeEach(() => {
  stage = new SynthesisStage();
});

afterEach(() => {
  stage.remove();
});

describe('a synthesis with a memory', () => {
  it('does nothing when nothing has changed', async () => {
    await stage.synthesize();
    expect(await stage.isRemembered()).toBe(true);
    const before = fingerprintTree(stage.output)?.stats;
    expect((await stage.synthesize()).value).toBeGreaterThan(10);
    expect(fingerprintTree(stage.output)?.stats).toBe(before);
  });

  it('puts back what was deleted or edited in the stage.output, as cdk8s deletes all of it before each run', async () => {
    await stage.synthesize();
    const tree = readTree(stage.output);
    rmSync(stage.output, { recursive: true });
    await stage.synthesize();
    expect(readTree(stage.output)).toEqual(tree);
    stage.edit(join(stage.output, 'toolings/jukebox-pipeline.k8s.yaml'), (text) =>
      text.replace('jukebox', 'juke-ox'),
    );
    await stage.synthesize();
    expect(readTree(stage.output)).toEqual(tree);
  });

  it('refuses foreign files in the output as before', async () => {
    await stage.synthesize();
    writeFileSync(join(stage.output, 'mine.txt'), 'mine');
    const { value, problems } = await stage.synthesize();
    expect(value).toBeUndefined();
    expect(problems.map(({ code }) => code)).toEqual(['SYNTH_FOREIGN_FILES']);
    expect(readFileSync(join(stage.output, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('says its warnings again, with their positions', async () => {
    writeFileSync(join(stage.workspace, 'models/note.yaml'), readFileSync(stage.model('jukebox')));
    rmSync(stage.model('jukebox'));
    const first = await stage.synthesize();
    expect(first.problems).toMatchObject([
      { code: 'CONFIG_FILE_NAME', position: { file: 'models/note.yaml' } },
    ]);
    expect(await stage.isRemembered()).toBe(true);
    expect(await stage.synthesize()).toEqual(first);
  });

  it('knows files again that were only touched, and forgets those that were not', async () => {
    await stage.synthesize();
    utimesSync(stage.model('jukebox'), 1, 1);
    expect(await stage.isRemembered()).toBe(true);
    stage.edit(stage.model('jukebox'), (text) => text.replace('0.05', '0.04'));
    utimesSync(stage.model('jukebox'), 1, 1);
    expect(await stage.isRemembered()).toBe(false);
  });

  it.each(['releases', 'models/empty', 'notes.txt'])('renders anew when %s appears', async (path) => {
    await stage.synthesize();
    if (path.endsWith('.txt')) writeFileSync(join(stage.workspace, path), '');
    else mkdirSync(join(stage.workspace, path));
    expect(await stage.isRemembered()).toBe(false);
  });

  it('looks at the releases of a GitOps repository, and at nothing else of it', async () => {
    const releases = join(stage.folder, 'gitops');
    const { workspace, output, userCache } = stage;
    const request = { generator: 'one', workspace, releases, output };
    const memoryOf = () => {
      const seal = readUserSeal(stage.userCache) ?? Buffer.alloc(0);
      return new SynthesisMemory({ ...request, options: undefined }, seal);
    };
    mkdirSync(releases);
    await stage.settle();
    await synthesizeWorkspace({ ...request, directory: workspace, userCache });
    writeFileSync(join(releases, 'README.md'), '');
    expect(memoryOf().recall()).toBeDefined();
    mkdirSync(join(releases, 'releases/dist'), { recursive: true });
    expect(memoryOf().recall()).toBeUndefined();
    rmSync(releases, { recursive: true });
    expect(memoryOf().recall()).toBeUndefined();
  });

  it('believes no other program', async () => {
    await stage.synthesize();
    expect(await stage.isRemembered('two')).toBe(false);
  });

  it('believes nothing that another user made, as a repository may bring it along', async () => {
    await stage.synthesize();
    const { tree } = await stage.synthesizeCold();
    const seal = join(stage.userCache, 'driftloop/seal');
    expect(statSync(seal).mode & 0o777).toBe(0o600);
    writeFileSync(seal, 'x'.repeat(32));
    expect(await stage.isRemembered()).toBe(false);
    stage.edit(stage.model('jukebox'), (text) => text.replace(/$/, '# edited'));
    expect((await stage.synthesize()).problems).toEqual([]);
    expect(readTree(stage.output)).toEqual(tree);
    expect(await stage.isRemembered()).toBe(true);
  });

  it.each(['', 'short'])('makes a new secret where the old one is "%s"', async (damaged) => {
    await stage.synthesize();
    writeFileSync(join(stage.userCache, 'driftloop/seal'), damaged);
    expect((await stage.synthesize()).problems).toEqual([]);
    expect(await stage.isRemembered()).toBe(true);
  });

  it('remembers nothing where the user has no place for a secret', async () => {
    writeFileSync(stage.userCache, 'a file');
    expect((await stage.synthesize()).value).toBeGreaterThan(10);
    expect(await stage.isRemembered()).toBe(false);
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
    await stage.synthesize();
    const tree = readTree(stage.output);
    const files = [...readTree(stage.cache).keys()].filter((file) => !file.startsWith('.'));
    expect(files.length).toBeGreaterThan(3);
    for (const name of files) {
      const whole = readFileSync(join(stage.cache, name));
      writeFileSync(join(stage.cache, name), damage(whole));
      rmSync(stage.output, { recursive: true, force: true });
      expect((await stage.synthesize()).problems).toEqual([]);
      expect(readTree(stage.output)).toEqual(tree);
    }
  });

  it('renders anew what a damaged file of it held, when a model has changed', async () => {
    stage.addModel('another');
    await stage.synthesize();
    for (const name of [...readTree(stage.cache).keys()].filter((file) => !file.startsWith('.'))) {
      writeFileSync(join(stage.cache, name), 'damaged');
      rmSync(stage.output, { recursive: true });
      stage.edit(stage.model('another'), (text) => text.replace(/# .*|$/, `# ${name}`));
      expect((await stage.synthesize()).problems).toEqual([]);
      expect(readTree(stage.output)).toEqual((await stage.synthesizeCold()).tree);
    }
  });

  it('touches nothing but the files of a model that has changed', async () => {
    stage.addModel('another');
    await stage.synthesize();
    const before = new Map(
      [...readTree(stage.output).keys()].map((path) => [path, statSync(join(stage.output, path))]),
    );
    stage.edit(stage.model('another'), (text) => text.replace('0.05', '0.04'));
    expect((await stage.synthesize()).problems).toEqual([]);
    const touched = [...readTree(stage.output).keys()].filter(
      (path) => statSync(join(stage.output, path)).ctimeMs !== before.get(path)?.ctimeMs,
    );
    expect(touched.sort()).toEqual([
      '.driftloop-output',
      'environments/prod/another/drift-alerts.k8s.yaml',
      'environments/test/another/drift-alerts.k8s.yaml',
    ]);
    expect(readTree(stage.output)).toEqual((await stage.synthesizeCold()).tree);
  });

  it('works without a place for its memory', async () => {
    writeFileSync(join(stage.workspace, '.driftloop'), 'a file');
    expect((await stage.synthesize()).value).toBeGreaterThan(10);
    expect(await stage.isRemembered()).toBe(false);
  });

  it('remembers nothing of a run that fails', async () => {
    stage.edit(stage.model('jukebox'), (text) => text.replace('meanshift', 'meanshit'));
    expect((await stage.synthesize()).value).toBeUndefined();
    expect(await stage.isRemembered()).toBe(false);
  });

  it('ends in one whole tree when several run at once', async () => {
    const { tree } = await stage.synthesizeCold();
    await Promise.all([1, 2, 3].map(() => stage.synthesize()));
    expect(readTree(stage.output)).toEqual(tree);
    await stage.synthesize();
    expect(readTree(stage.output)).toEqual(tree);
    stage.edit(stage.model('jukebox'), (text) => text.replace('0.05', '0.04'));
    await Promise.all([1, 2, 3].map(() => stage.synthesize()));
    expect(readTree(stage.output)).toEqual((await stage.synthesizeCold()).tree);
  });
});
