import { execFile, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readTree } from './read-tree.js';

/** What `npm ci` compiles and the shell runs. */
const root = process.cwd();
const compiled = join(root, 'build/cli/driftloop.js');
const run = promisify(execFile);
let folder: string;

beforeAll(() => {
  if (!existsSync(compiled)) throw new Error('these tests need the compiled program: npm run build');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-compiled-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function copyExample(): void {
  for (const name of ['driftloop.yaml', 'models']) {
    cpSync(join(root, 'examples/jukebox', name), join(folder, name), { recursive: true });
  }
}

describe('the compiled program', () => {
  it('gives the same tree as cdk8s synth, to the byte', async () => {
    const cdk8s = join(root, 'node_modules/.bin/cdk8s');
    await run(cdk8s, ['synth', '--check-upgrade=false', '-o', join(folder, 'cdk8s')], { cwd: root });
    await run(process.execPath, [compiled, 'synth', '-C', 'examples/jukebox', '-o', join(folder, 'own')], {
      cwd: root,
    });
    const own = readTree(join(folder, 'own'));
    expect(own.size).toBeGreaterThan(10);
    expect(readTree(join(folder, 'cdk8s'))).toEqual(own);
  }, 60_000);

  it('never leaves metadata of cdk8s where Argo CD would read it', async () => {
    const environment = {
      ...process.env,
      CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
      CDK8S_OUTDIR: join(folder, 'dist'),
    };
    await run(process.execPath, [join(root, 'build/main.js'), 'examples/jukebox'], {
      cwd: root,
      env: environment,
    });
    const files = [...readTree(join(folder, 'dist')).keys()];
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((path) => path.endsWith('.json'))).toEqual([]);
  });

  it('makes cdk8s synth fail, with the problem in words, when the workspace has errors', async () => {
    copyExample();
    writeFileSync(join(folder, 'models/jukebox.yaml'), 'model: jukebox\n');
    const failing = run(process.execPath, [join(root, 'build/main.js')], { cwd: folder });
    await expect(failing).rejects.toMatchObject({ code: 1, stdout: '' });
    await expect(failing).rejects.toMatchObject({
      stderr: expect.stringContaining('models/jukebox.yaml:1:') as string,
    });
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });

  it('has no colours where NO_COLOR is set or nobody looks, and a status the shell sees', async () => {
    copyExample();
    writeFileSync(join(folder, 'models/jukebox.yaml'), 'model: jukebox\n');
    const { status, errors } = await runToEnd(['check'], { ...process.env, NO_COLOR: '1' });
    expect(status).toBe(1);
    expect(errors).not.toContain('\u001b');
  });

  it('ends quietly when the reader of its output goes away', async () => {
    copyExample();
    const { stderr } = await run(
      'sh',
      ['-c', `"${process.execPath}" "${compiled}" synth --stdout | head -n 1`],
      { cwd: folder },
    );
    expect(stderr).toBe('');
  });

  it('says that the disk is full when it is, without a stack trace', async () => {
    copyExample();
    const full = run('sh', ['-c', `"${process.execPath}" "${compiled}" synth --stdout > /dev/full`], {
      cwd: folder,
    });
    await expect(full).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^error The output cannot be written: ENOSPC[^\n]*\n$/) as string,
    });
  });

  it('never depends on code that another V8 compiled, or that is not there', async () => {
    copyExample();
    const { stdout } = await run(process.execPath, ['--stack-size=900', compiled, 'check'], { cwd: folder });
    expect(stdout).toContain('no errors');
    cpSync(join(root, 'build'), join(folder, 'build'), { recursive: true });
    cpSync(join(root, 'schemas'), join(folder, 'schemas'), { recursive: true });
    cpSync(join(root, 'package.json'), join(folder, 'package.json'));
    const chunks = join(folder, 'build/chunks');
    const code = readdirSync(chunks).filter((name) => name.endsWith('.code'));
    expect(code.length).toBeGreaterThan(5);
    code.forEach((name, index) => {
      if (index % 2 === 0) rmSync(join(chunks, name));
      else writeFileSync(join(chunks, name), 'no code');
    });
    const own = join(folder, 'build/cli/driftloop.js');
    expect((await run(process.execPath, [own, 'check'], { cwd: folder })).stdout).toContain('no errors');
  });

  it('keeps its status when nobody reads what it says', async () => {
    const script = `"${process.execPath}" "${compiled}" check -C nowhere 2>&1 >/dev/null | true; exit "\${PIPESTATUS[0]}"`;
    await expect(run('bash', ['-c', script], { cwd: folder })).rejects.toMatchObject({ code: 1 });
  });

  it('leaves the previous tree when it is killed while it writes, and clears up with the next run', async () => {
    copyExample();
    multiplyModels(25);
    expect((await runToEnd(['synth'])).status).toBe(0);
    const before = readTree(join(folder, 'dist'));
    const models = join(folder, 'models');
    for (const name of readdirSync(models)) {
      const text = readFileSync(join(models, name), 'utf8');
      writeFileSync(join(models, name), text.replace('threshold: 0.05', 'threshold: 0.04'));
    }
    await killWhileWriting(['synth']);
    expect(readTree(join(folder, 'dist'))).toEqual(before);
    expect((await runToEnd(['synth'])).status).toBe(0);
    expect(readTree(join(folder, 'dist'))).not.toEqual(before);
    expect(readdirSync(folder).sort()).toEqual(['.driftloop', 'dist', 'driftloop.yaml', 'models']);
  }, 60_000);
});

function multiplyModels(count: number): void {
  const text = readFileSync(join(folder, 'models/jukebox.yaml'), 'utf8');
  for (let number = 1; number <= count; number += 1) {
    writeFileSync(
      join(folder, `models/jukebox-${number}.yaml`),
      text.replace('model: jukebox\n', `model: jukebox-${number}\n`),
    );
  }
}

async function runToEnd(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly status: number | null; readonly errors: string }> {
  const child = spawn(process.execPath, [compiled, ...words], { cwd: folder, env: environment });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, errors };
}

/** SIGKILL as soon as the folder that is to replace dist appears. */
async function killWhileWriting(words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [compiled, ...words], { cwd: folder, stdio: 'ignore' });
  const watcher = watch(folder, (_event, name) => {
    if (name?.startsWith('dist.tmp-') === true) child.kill('SIGKILL');
  });
  const signal = await new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('close', (_status, by) => {
      resolve(by);
    });
  });
  watcher.close();
  expect(signal).toBe('SIGKILL');
  expect(readdirSync(folder).some((name) => name.startsWith('dist.tmp-'))).toBe(true);
}
