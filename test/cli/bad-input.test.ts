import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeWorkspaces, writeWorkspace } from '../config/workspace-files.js';
import { runCli } from './run-cli.js';
import type { CliResult } from './run-cli.js';

/** The inputs of test/bad once more (test/config says what is found in them), as somebody at a terminal meets them. */
const bad = join(process.cwd(), 'test/bad');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-bad-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  removeWorkspaces();
});

const hasErrors = (name: string) => expectationsOf(join(bad, name)).some((line) => line.includes(' error '));

test.each(readdirSync(bad).sort().filter(hasErrors))(
  '%s: status 1, located, nothing written, no stack trace',
  async (name) => {
    const result = await synth(arrange(name));
    expect(result).toMatchObject({ status: 1, output: '' });
    for (const line of expectationsOf(join(bad, name)).filter((expected) => expected.includes(' error '))) {
      const [code = '', severity = '', place = ''] = line.split(' ');
      expect(result.log).toContain(`${place}: ${severity} ${code} `);
    }
  },
);

test.each(
  readdirSync(bad)
    .sort()
    .filter((name) => !hasErrors(name)),
)('%s: warnings do not stop the work', async (name) => {
  const directory = arrange(name);
  const { status, log } = await runCli(['check', '-C', directory, '--releases', directory], { cwd: folder });
  expect(status).toBe(0);
  expect(log).toContain('warning');
});

test.each(
  readdirSync(bad)
    .filter((name) => name.startsWith('secret'))
    .flatMap((name) => ['text', 'json', 'sarif', 'github'].map((format) => [name, format] as const)),
)('%s: no report as %s repeats the secret', async (name, format) => {
  const { status, output, log } = await runCli(['check', '-C', arrange(name), '--format', format], {
    cwd: folder,
  });
  expect(status).toBe(1);
  expect(`${output}${log}`).toContain('CONFIG_SECRET_INLINE');
  expect(`${output}${log}`).not.toMatch(/b.ttery|8675309/);
});

test('a secret in a file that is not even YAML is not shown beside the mistake', async () => {
  const { log } = await synth(
    writeWorkspace({ 'models/jukebox.yaml': 'env:\n  API_TOKEN: battery-staple\n  OTHER: [\n' }),
  );
  expect(log).toContain('CONFIG_YAML_SYNTAX');
  expect(log).not.toContain('battery');
});

test('a named pipe is refused without waiting for a writer', async () => {
  const directory = writeWorkspace();
  execFileSync('mkfifo', [join(directory, 'models/pipe.yaml')]);
  expect((await synth(directory)).log).toContain('models/pipe.yaml:1:1: error CONFIG_FILE_UNREADABLE');
});

test.each([
  ['a line of 300 000 characters', `owner: ${'x'.repeat(300_000)}\n`],
  ['a key of 300 000 characters', `? ${'k'.repeat(300_000)}\n: 1\n`],
])('%s neither floods the terminal nor takes a minute', async (_what, content) => {
  const started = performance.now();
  const { log } = await synth(writeWorkspace({ 'models/jukebox.yaml': content }));
  expect(log.length).toBeLessThan(5000);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test.each([
  ['5 MB of YAML', Buffer.from(`model: jukebox\n${'# filler\n'.repeat(600_000)}`)],
  ['5 MB in one line', Buffer.from(`model: ${'a'.repeat(5_000_000)}`)],
  ['binary garbage', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256))],
])('%s is refused at once, without showing it to the terminal', async (_what, content) => {
  const result = await synth(writeWorkspace({ 'models/jukebox.yaml': content }));
  expect(result).toMatchObject({ status: 1, output: '' });
  expect(result.log.length).toBeLessThan(2000);

  expect(result.log).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
});

async function synth(directory: string): Promise<CliResult> {
  const output = join(folder, 'dist');
  const result = await runCli(['synth', '-C', directory, '--releases', directory, '-o', output], {
    cwd: directory,
  });
  expect(existsSync(output)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
  expect(result.log).not.toMatch(/^\s+at .+:\d+:\d+\)?$|fault of driftloop/m);
  return result;
}

function arrange(name: string): string {
  const path = join(bad, name);
  if (statSync(path).isDirectory()) return path;
  const target = name.endsWith('.model.yaml') ? 'models/jukebox.yaml' : 'driftloop.yaml';
  return writeWorkspace({ [target]: readFileSync(path) });
}

function expectationsOf(path: string): readonly string[] {
  if (statSync(path).isDirectory())
    return readdirSync(path).flatMap((name) => expectationsOf(join(path, name)));
  return [...readFileSync(path, 'latin1').matchAll(/^# expect: (.*)$/gm)].map(([, line = '']) => line);
}
