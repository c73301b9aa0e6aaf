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
