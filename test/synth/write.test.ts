import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RenderedUnit } from '../../synth/manifest.js';
import { recordFile } from '../../synth/output-record.js';
import { synthesize } from '../../synth/write.js';

const unit = { name: 'toolings', directory: 'toolings', environment: undefined, model: undefined };

function rendered(...files: readonly (readonly [path: string, text: string])[]): RenderedUnit {
  return { unit, manifests: [], files: files.map(([path, text]) => ({ path, text })) };
}

describe('synthesize', () => {
  let parent: string;
  let output: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'driftloop-write-'));
    output = join(parent, 'dist');
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('writes every unit, and nothing is left beside the directory', async () => {
    const { problems, files } = await synthesize(
      [rendered(['b/x.yaml', 'x']), rendered(['a/y.yaml', 'y'])],
      output,
    );
    expect(problems).toEqual([]);
    expect(files).toEqual(['a/y.yaml', 'b/x.yaml']);
    expect(await readFile(join(output, 'b/x.yaml'), 'utf8')).toBe('x');
    expect(await readdir(parent)).toEqual(['dist']);
    expect(await readdir(output)).toEqual([recordFile, 'a', 'b']);
  });

  it('makes the folders above the directory', async () => {
    await synthesize([rendered(['a.yaml', '1'])], join(parent, 'deep/er/dist'));
    expect(await readFile(join(parent, 'deep/er/dist/a.yaml'), 'utf8')).toBe('1');
  });

  it('removes files of the previous run that are no longer rendered', async () => {
    await synthesize([rendered(['a.yaml', '1'], ['old/b.yaml', '1'])], output);
    await synthesize([rendered(['a.yaml', '2'])], output);
    expect(await readdir(output)).toEqual([recordFile, 'a.yaml']);
    expect(await readFile(join(output, 'a.yaml'), 'utf8')).toBe('2');
  });

  it.each([['.git/HEAD'], ['README.md'], ['a/notes.txt'], ['empty-folder/']])(
    'refuses a directory that holds %s, and leaves it as it is',
    async (foreign) => {
      await synthesize([rendered(['a/x.yaml', '1'])], output);
      const path = join(output, foreign);
      await mkdir(foreign.endsWith('/') ? path : join(path, '..'), { recursive: true });
      if (!foreign.endsWith('/')) await writeFile(path, 'mine');
      const before = (await readdir(output, { recursive: true })).sort();
      const { problems } = await synthesize([rendered(['a/x.yaml', '2'])], output);
      expect(problems).toMatchObject([{ code: 'SYNTH_FOREIGN_FILES', severity: 'error' }]);
      expect(problems[0]?.message).toContain(foreign.replace(/\/$/, ''));
      expect((await readdir(output, { recursive: true })).sort()).toEqual(before);
      expect(await readFile(join(output, 'a/x.yaml'), 'utf8')).toBe('1');
      expect(await readdir(parent)).toEqual(['dist']);
    },
  );

  it('accepts an empty directory, and one behind a symbolic link', async () => {
    await mkdir(join(parent, 'real'));
    await symlink(join(parent, 'real'), output);
    expect((await synthesize([rendered(['a.yaml', '1'])], output)).problems).toEqual([]);
    expect(await readFile(join(parent, 'real/a.yaml'), 'utf8')).toBe('1');
  });

  it('never moves away a file that stands where the directory should be', async () => {
    await writeFile(output, 'mine');
    await expect(synthesize([rendered(['a.yaml', '1'])], output)).rejects.toThrow('ENOTDIR');
    expect(await readFile(output, 'utf8')).toBe('mine');
  });

  it('leaves the previous tree when rendering fails half-way', async () => {
    await synthesize([rendered(['a.yaml', '1'])], output);
    function* failing(): Generator<RenderedUnit> {
      yield rendered(['a.yaml', '2']);
      throw new Error('broken chart');
    }
    await expect(synthesize(failing(), output)).rejects.toThrow('broken chart');
    expect(await readFile(join(output, 'a.yaml'), 'utf8')).toBe('1');
    expect(await readdir(parent)).toEqual(['dist']);
  });

  it.each(['../outside.yaml', '/outside.yaml/../../../x'])(
    'never writes outside the directory: %s',
    async (path) => {
      await expect(synthesize([rendered([path, '1'])], output)).rejects.toThrow('leads out');
      expect(await readdir(parent)).toEqual([]);
    },
  );

  it('never lets two units write one path', async () => {
    await expect(synthesize([rendered(['a.yaml', '1']), rendered(['a.yaml', '2'])], output)).rejects.toThrow(
      'EEXIST',
    );
    expect(await readdir(parent)).toEqual([]);
  });

  it('gives one whole tree when many runs write at once', async () => {
    const runs = Array.from({ length: 20 }, (_, run) =>
      synthesize([rendered(...['a', 'b', 'c'].map((name) => [`${name}.yaml`, `${run}`] as const))], output),
    );
    await Promise.all(runs);
    const texts = await Promise.all(
      ['a', 'b', 'c'].map((name) => readFile(join(output, `${name}.yaml`), 'utf8')),
    );
    expect(new Set(texts).size).toBe(1);
    expect(await readdir(parent)).toEqual(['dist']);
  });

  describe('after a run that was killed', () => {
    let killed: number;

    beforeEach(async () => {
      const child = spawn(process.execPath, ['-e', '']);
      killed = child.pid ?? 0;
      await new Promise((resolve) => child.once('exit', resolve));
    });

    it('removes what it left', async () => {
      await mkdir(`${output}.tmp-${killed}-0123abcd/a`, { recursive: true });
      await synthesize([rendered(['a.yaml', '1'])], output);
      expect(await readdir(parent)).toEqual(['dist']);
    });

    it('puts back the tree that it had moved away, even when the next run fails', async () => {
      await synthesize([rendered(['a.yaml', '1'])], output);
      const { rename } = await import('node:fs/promises');
      await rename(output, `${output}.tmp-${killed}-0123abcd-previous`);
      await mkdir(`${output}.tmp-${killed}-0123abcd`);
      await expect(synthesize([rendered(['../x', ''])], output)).rejects.toThrow('leads out');
      expect(await readFile(join(output, 'a.yaml'), 'utf8')).toBe('1');
      expect(await readdir(parent)).toEqual(['dist']);
    });

    it('removes what it left under the number that this process has now, as happens in containers', async () => {
      await mkdir(`${output}.tmp-${process.pid}-0123abcd/a`, { recursive: true });
      await synthesize([rendered(['a.yaml', '1'])], output);
      expect(await readdir(parent)).toEqual(['dist']);
    });

    it('leaves alone what running processes stage, and folders that only look alike', async () => {
      const others = [`dist.tmp-${process.ppid}-0123abcd`, `dist2.tmp-${killed}-0123abcd`, 'dist.tmp-mine'];
      for (const name of others) await mkdir(join(parent, name));
      await synthesize([rendered(['a.yaml', '1'])], output);
      expect((await readdir(parent)).sort()).toEqual(['dist', ...others].sort());
    });
  });
});
