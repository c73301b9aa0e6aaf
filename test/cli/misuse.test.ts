import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTree } from './read-tree.js';
import { runCli } from './run-cli.js';
import type { CliResult } from './run-cli.js';

/** What people get wrong on the command line itself, and what they are told. */
const example = join(process.cwd(), 'examples/jukebox');
const image = `oci://registry.example.com/jukebox/model@sha256:${'0'.repeat(64)}`;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-misuse-'));
  for (const name of ['driftloop.yaml', 'models', 'payloads'])
    cpSync(join(example, name), join(folder, name), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function driftloop(...words: readonly string[]): Promise<CliResult> {
  return runCli(words, { cwd: folder });
}

/** Status 1, nothing written, no stack trace. */
async function expectRefusal(words: readonly string[], message: string): Promise<void> {
  const before = readTree(folder);
  const result = await driftloop(...words);
  expect(result.status).toBe(1);
  expect(`${result.output}${result.log}`).toContain(message);
  expect(`${result.output}${result.log}`).not.toMatch(/^\s+at .+:\d+:\d+\)?$|fault of driftloop/m);
  expect(readTree(folder)).toEqual(before);
}

describe('a value that is empty, usually a variable that is not set,', () => {
  it.each([
    [['check', '-C', ''], "'-C, --directory <directory>' argument '' is invalid"],
    [['synth', '--env', ''], "'--env <name>' argument '' is invalid. It names nothing"],
    [['synth', '--env', ' , '], 'It names nothing'],
    [['publish', '--to', 'embedded', '--model', ''], 'It names nothing'],
    [['publish', '--to', ''], "'--to <repository>' argument '' is invalid"],
    [['synth', '-o', ''], "'-o, --output <directory>' argument '' is invalid"],
    [['rehearse', '', '--env', 'test'], "value '' is invalid for argument 'model'"],
    [['release', 'jukebox', '--env', 'test', '--version', '', '--image', image], 'It is empty'],
    [['init', '--platform', '', '-C', 'fresh'], 'It is empty'],
  ])('is refused, never taken for everything: %j', async (words, message) => {
    await expectRefusal(words, message);
  });
});

describe('whoever reads JSON', () => {
  it.each([
    [['check', '--format', 'json', '--frmt', 'x'], "unknown option '--frmt'"],
    [['publish', '--format=json', '--forge-url', 'ftp://x'], 'It must be a URL of https or http'],
    [['release', 'jukebox', '--format', 'json', '--env', 'test'], "required option '--version <version>'"],
    [['diff', '--env', '', '--format', 'json'], 'It names nothing'],
  ])('reads what is wrong with the command line, too: %j', async (words, message) => {
    const { status, output } = await driftloop(...words);
    expect(status).toBe(1);
    const { failure } = JSON.parse(output) as { readonly failure: { readonly message: string } };
    expect(failure).toMatchObject({ status: 1, hint: '--help says more.' });
    expect(failure.message).toContain(message);
  });
});

describe('a file where a folder must be', () => {
  it.each([
    [['synth', '-o', 'driftloop.yaml'], '--output needs a folder'],
    [['synth', '-o', 'driftloop.yaml/dist'], '--output needs a folder'],
    [['synth', '--promtool-tests', 'models/jukebox.yaml'], '--promtool-tests needs a folder'],
  ])('is told as the mistake it is: %j', async (words, message) => {
    await expectRefusal(words, message);
  });
});

describe('options that do not go together', () => {
  it.each([
    [['synth', '--stdout', '-o', 'out'], 'cannot be used with option'],
    [['synth', '--stdout', '--promtool-tests', 'out'], 'cannot be used with option'],
    [['synth', '-o', 'out', '--promtool-tests', 'out'], 'CLI_OUTPUTS_OVERLAP'],
    [['synth', '-o', 'out', '--promtool-tests', 'out/tests'], 'CLI_OUTPUTS_OVERLAP'],
    [['synth', '-o', 'out/dist', '--promtool-tests', 'out'], 'CLI_OUTPUTS_OVERLAP'],
    [['rehearse', 'jukebox', '--env', 'test', '--headers', 'h'], "'--headers' needs '--payload <file>'"],
    [['rehearse', 'jukebox', '--env', 'test', '--expect', 'run'], "'--expect' needs '--payload <file>'"],
    [['publish', '--pull-request', '--forge-url', 'git.example.com'], 'It must be a URL of https or http'],
  ])('are refused, not silently ignored: %j', async (words, message) => {
    await expectRefusal(words, message);
  });

  it('leave the manifests as they were when the tests cannot be written', async () => {
    await expectRefusal(['synth', '-o', 'dist', '--promtool-tests', 'models'], 'SYNTH_FOREIGN_FILES');
  });
});

describe('a release', () => {
  it.each([
    ['a version that no label can hold', ['--version', 'a b', '--image', image], 'Did you mean `a-b`?'],
    ['half a commit', ['--version', '2', '--image', image, '--commit', 'abc'], 'whole commit id'],
    ['a name of two lines', ['--version', '2', '--image', image, '--by', 'a\nb'], 'control characters'],
    ['a tag', ['--version', '2', '--image', 'registry.example.com/a:1'], 'not a model by digest'],
  ])('with %s is refused before it makes the repository unreadable', async (_what, words, message) => {
    await expectRefusal(['release', 'jukebox', '--env', 'test', '--to', 'embedded', ...words], message);
  });
});

describe('releases from elsewhere', () => {
  it('are not taken for no releases when the folder is not there', async () => {
    await expectRefusal(['check', '--releases', 'chekout'], 'chekout to read releases from');
  });

  it('are reported where they are', async () => {
    mkdirSync(join(folder, 'checkout/releases/test'), { recursive: true });
    writeFileSync(join(folder, 'checkout/releases/test/jukebox.yaml'), 'model: [\n');
    await expectRefusal(
      ['check', '--releases', 'checkout'],
      'checkout/releases/test/jukebox.yaml:2:1: error',
    );
  });
});

describe('JSON', () => {
  it.each([
    ['diff', '--to', 'embedded', '--env', 'tst'],
    ['publish', '--to', 'embedded', '--env', 'tst'],
    ['release', 'jukebox', '--env', 'tst', '--version', '2', '--image', image, '--to', 'embedded'],
    ['rehearse', 'jukebox', '--env', 'tst'],
    ['rehearse', 'jukebox', '--env', 'test', '--payload', 'gone.json'],
    ['check', '-C', 'models'],
  ])('is what %s gives with problems, too', async (...words) => {
    const { status, output, log } = await driftloop(...words, '--format', 'json');
    expect({ status, log }).toEqual({ status: 1, log: '' });
    const { problems, errors } = JSON.parse(output) as { problems: { code: string }[]; errors: number };
    expect(problems.length).toBe(errors);
    expect(errors).toBeGreaterThan(0);
  });

  it('is what a failure from outside gives, too', async () => {
    const { status, output } = await driftloop('publish', '--to', 'gone.git', '--format', 'json');
    expect(status).toBe(3);
    expect(JSON.parse(output)).toMatchObject({ failure: { status: 3 } });
  });
});

describe('looking', () => {
  it.each([
    ['diff', '--to', 'embedded'],
    ['publish', '--to', 'embedded', '--dry-run'],
  ])('never creates the embedded repository: %s', async (...words) => {
    expect((await driftloop(...words)).status).toBe(0);
    expect(existsSync(join(folder, '.driftloop'))).toBe(false);
  });
});

describe('explain', () => {
  it('takes a code as people type it', async () => {
    expect((await driftloop('explain', 'config_yaml_tab')).output).toMatch(/^CONFIG_YAML_TAB\n/);
  });

  it('shows the values of driftloop.yaml, too', async () => {
    const { status, output } = await driftloop('explain', 'driftloop.yaml');
    expect(status).toBe(0);
    expect(output).toMatch(/alerting\.repeatInterval +"4h" +# built-in default/);
    expect(output).toMatch(/platform +"mlops" +# platform, driftloop\.yaml:2:11/);
  });

  it.each(['constructor', '__proto__', '/etc/passwd', ''])('knows no model %j', async (subject) => {
    await expectRefusal(['explain', subject], 'There is no model');
  });

  it.each(['CONSTRUCTOR', 'TO_STRING'])('knows no code %s', async (code) => {
    await expectRefusal(['explain', code], `There is no problem code ${code}.`);
  });
});

describe('init', () => {
  it.each([
    ['1e3', 'null'],
    ['true', 'off'],
    ['a'.repeat(20), 'b'.repeat(53)],
  ])('with the names %s and %s still passes check', async (platform, model) => {
    const words = ['init', '--platform', platform, '--model', model, '-C', 'fresh'];
    expect((await driftloop(...words)).status).toBe(0);
    expect(await driftloop('check', '-C', 'fresh')).toMatchObject({
      status: 0,
      log: 'The workspace names no `repository`: Argo CD is told nothing, and runs release nothing.\n',
    });
  });

  it.each([
    ['platform', 'every environment has a folder of that name'],
    ['3d', 'must begin with a letter'],
  ])('refuses the model %s, which check would refuse', async (model, reason) => {
    await expectRefusal(['init', '--model', model, '-C', 'fresh'], reason);
  });

  it.each(['driftloop.yaml', 'driftloop.yaml/sub'])('says that %s is no folder', async (target) => {
    const { status, log } = await driftloop('init', '-C', target);
    expect(status).toBe(3);
    expect(log).toMatch(/^error .*driftloop\.yaml.*: .*\(mkdir\)\n {2}hint: /);
  });
});
