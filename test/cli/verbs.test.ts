import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readTree } from './read-tree.js';
import { runCli } from './run-cli.js';
import type { CliResult } from './run-cli.js';

const example = join(process.cwd(), 'examples/jukebox');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-cli-'));
  for (const name of ['driftloop.yaml', 'models', 'payloads']) {
    cpSync(join(example, name), join(folder, name), { recursive: true });
  }
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function driftloop(...words: readonly string[]): Promise<CliResult> {
  return runCli(words, { cwd: folder });
}

/** What a person who never reads stack traces expects of an error. */
function expectNoTrace({ log, output }: CliResult): void {
  expect(`${log}${output}`).not.toMatch(/^\s+at .+:\d+:\d+\)?$|fault of driftloop/m);
}

describe('the command line', () => {
  it('prints its version and its verbs', async () => {
    expect(await driftloop('--version')).toMatchObject({ status: 0, output: '0.1.0\n' });
    const { status, output } = await driftloop('--help');
    expect(status).toBe(0);
    for (const verb of [
      'init',
      'check',
      'synth',
      'diff',
      'publish',
      'release',
      'verify',
      'promote',
      'rollback',
      'releases',
      'rehearse',
      'explain',
      'graph',
    ]) {
      expect(output).toMatch(new RegExp(`^  ${verb} `, 'm'));
    }
  });

  it.each([
    ['a mistyped verb', ['synt'], 'Did you mean synth?'],
    ['a mistyped option', ['check', '--formt', 'json'], 'Did you mean --format?'],
    [
      'a format that the verb does not know',
      ['check', '--format', 'xml'],
      'Allowed choices are text, json, sarif, github',
    ],
    ['a missing argument', ['rehearse', '--env', 'test'], "missing required argument 'model'"],
    ['a missing option', ['rehearse', 'jukebox'], "required option '--env <name>' not specified"],
    ['an argument too many', ['check', 'here'], 'too many arguments'],
  ])('answers %s with status 1 and says what is wrong', async (_what, words, message) => {
    const result = await driftloop(...words);
    expect(result).toMatchObject({ status: 1, output: '' });
    expect(result.log).toContain(message);
    expectNoTrace(result);
  });
});

describe('check', () => {
  it('finds the example in order and writes nothing', async () => {
    const before = readdirSync(folder, { recursive: true });
    const { status, output, log } = await driftloop('check');
    expect({ status, log }).toEqual({ status: 0, log: '' });
    expect(output).toMatch(/^1 model, 2 environments, \d+ objects: no errors\n$/);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  it('reports problems on standard error, with place, frame and hint, and status 1', async () => {
    const file = join(folder, 'driftloop.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('profile:', 'profil:'));
    const result = await driftloop('check');
    expect(result).toMatchObject({ status: 1, output: '' });
    expect(result.log).toMatch(/^driftloop\.yaml:3:1: error CONFIG_/m);
    expect(result.log).toContain('3 | profil: kubernetes');
    expect(result.log).toContain('hint: Did you mean `profile`?');
    expectNoTrace(result);
  });

  it.each(['json', 'sarif', 'github'])('gives the same problems as %s on standard output', async (format) => {
    writeFileSync(join(folder, 'models/jukebox.yaml'), 'model: jukebox\nowner: [unclosed\n');
    const { status, output, log } = await driftloop('check', '--format', format);
    expect({ status, log }).toEqual({ status: 1, log: '' });
    expect(output).toContain('models/jukebox.yaml');
    if (format !== 'github') expect(() => JSON.parse(output) as unknown).not.toThrow();
  });

  it('says where the workspace was looked for when there is none', async () => {
    const result = await driftloop('check', '-C', 'models');
    expect(result.status).toBe(1);
    expect(result.log).toContain('CONFIG_WORKSPACE_MISSING');
    expectNoTrace(result);
  });
});

describe('synth', () => {
  it('writes the same bytes twice', async () => {
    expect(await driftloop('synth', '-o', 'one')).toMatchObject({ status: 0, output: '' });
    expect((await driftloop('synth', '-o', 'two')).status).toBe(0);
    expect(readTree(join(folder, 'two'))).toEqual(readTree(join(folder, 'one')));
  });

  it('writes nothing when anything is wrong, and leaves the previous tree', async () => {
    await driftloop('synth', '-o', 'dist');
    const before = readTree(join(folder, 'dist'));
    writeFileSync(join(folder, 'models/broken.yaml'), 'model: broken\nsource: 1\n');
    const result = await driftloop('synth', '-o', 'dist');
    expect(result.status).toBe(1);
    expectNoTrace(result);
    expect(readTree(join(folder, 'dist'))).toEqual(before);
    expect(readdirSync(folder).sort()).toEqual(['dist', 'driftloop.yaml', 'models', 'payloads']);
  });

  it('refuses to replace the workspace itself', async () => {
    const before = readTree(folder);
    const result = await driftloop('synth', '-o', '.');
    expect(result.status).toBe(1);
    expect(result.log).toContain('SYNTH_FOREIGN_FILES');
    expect(readTree(folder)).toEqual(before);
  });

  it('prints one stream with --stdout, and writes nothing', async () => {
    const { status, output } = await driftloop('synth', '--stdout');
    expect(status).toBe(0);
    expect(existsSync(join(folder, 'dist'))).toBe(false);
    expect(parseAllDocuments(output).length).toBeGreaterThan(20);
  });

  it('writes only what --env and --model ask for', async () => {
    await driftloop('synth', '-o', 'dist', '--env', 'test', '--model', 'jukebox');
    const files = [...readTree(join(folder, 'dist')).keys()];
    expect(files.length).toBeGreaterThan(1);
    expect(files.filter((path) => path !== '.driftloop-output')).toEqual(
      files.filter((path) => path.startsWith('environments/test/jukebox/')),
    );
  });

  it.each([
    ['--env', 'tests', 'Did you mean `test`?'],
    ['--model', 'jukbox', 'Did you mean `jukebox`?'],
  ])('never takes an unknown name of %s for nothing to do', async (option, name, hint) => {
    const result = await driftloop('synth', '-o', 'dist', option, name);
    expect(result.status).toBe(1);
    expect(result.log).toContain(hint);
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });

  it('writes rules and unit tests for promtool into a tree of their own', async () => {
    expect((await driftloop('synth', '-o', 'dist', '--promtool-tests', 'tests')).status).toBe(0);
    expect([...readTree(join(folder, 'tests')).keys()]).toEqual([
      '.driftloop-output',
      'prod/jukebox.rules.yaml',
      'prod/jukebox.test.yaml',
      'test/jukebox.rules.yaml',
      'test/jukebox.test.yaml',
    ]);
  });

  it('gives status 3 when the disk refuses, without a stack trace', async () => {
    const result = await driftloop('synth', '-o', 'x'.repeat(300));
    expect(result.status).toBe(3);
    expectNoTrace(result);
  });
});

describe('rehearse', () => {
  const payload = (name: string) => [
    '--payload',
    `payloads/${name}.json`,
    '--headers',
    `payloads/${name}.headers`,
  ];

  it('walks a captured alert to the PipelineRun', async () => {
    const result = await driftloop('rehearse', 'jukebox', '--env', 'test', ...payload('firing'));
    expect(result).toMatchObject({ status: 0, log: '' });
    expect(result.output).toContain('kind: PipelineRun');
    expect(result.output).toContain('name: jukebox-test-a7a3ee508e5723cd-20261120061240');
  });

  it('gives every hop and the PipelineRun as JSON', async () => {
    const { output } = await driftloop(
      'rehearse',
      'jukebox',
      '--env',
      'test',
      ...payload('firing'),
      '--format',
      'json',
    );
    const report = JSON.parse(output) as {
      outcome: string;
      hops: { hop: string }[];
      created: { kind: string }[];
    };
    expect(report.outcome).toBe('run');
    expect(report.created.map(({ kind }) => kind)).toEqual(['PipelineRun']);
    expect(new Set(report.hops.map(({ hop }) => hop))).toEqual(
      new Set(['route', 'request', 'listener', 'interceptor', 'binding', 'template', 'admission']),
    );
  });

  it('takes a refusal that is right for success, unless a run is expected', async () => {
    const words = ['rehearse', 'jukebox', '--env', 'test', ...payload('resolved')];
    expect((await driftloop(...words)).status).toBe(0);
    expect((await driftloop(...words, '--expect', 'none')).status).toBe(0);
    expect(await driftloop(...words, '--expect', 'run')).toMatchObject({
      status: 1,
      log: 'expected run, came to none\n',
    });
  });

  it('starts nothing for a request whose token is not that of the Secret, or that has none', async () => {
    writeFileSync(join(folder, 'token'), 'another\n');
    const words = ['rehearse', 'jukebox', '--env', 'test', '--expect', 'none'];
    expect((await driftloop(...words, ...payload('firing'), '--token-file', 'token')).status).toBe(0);
    expect((await driftloop(...words, '--payload', 'payloads/firing.json')).status).toBe(0);
  });

  it('sends every sample when there is no payload', async () => {
    const { status, output } = await driftloop('rehearse', 'jukebox', '--env', 'prod');
    expect(status).toBe(0);
    expect(output.match(/starts a run/g)?.length).toBe(2);
    expect(output).toMatch(/the alert is resolved +starts nothing/);
  });

  it.each([
    ['a payload that is not there', ['--payload', 'gone.json'], 'gone.json cannot be read'],
    [
      'headers that are none',
      ['--payload', 'payloads/firing.json', '--headers', 'payloads/firing.json'],
      'Line 1 of',
    ],
    ['a model that is not there', ['--payload', 'payloads/firing.json', '--model', 'x'], 'unknown option'],
  ])('refuses %s', async (_what, words, message) => {
    const result = await driftloop('rehearse', 'jukebox', '--env', 'test', ...words);
    expect(result).toMatchObject({ status: 1, output: '' });
    expect(result.log).toContain(message);
    expectNoTrace(result);
  });

  it('gives status 1 when the request would be a failure of the sender', async () => {
    writeFileSync(join(folder, 'broken.json'), 'alert!');
    expect((await driftloop('rehearse', 'jukebox', '--env', 'test', '--payload', 'broken.json')).status).toBe(
      1,
    );
  });
});

describe('diff, publish and release', () => {
  const to = ['--to', 'embedded'];

  it('deliver to the embedded repository, once', async () => {
    expect((await driftloop('diff', ...to, '--exit-code')).status).toBe(2);
    const first = await driftloop('publish', ...to);
    expect(first.status).toBe(0);
    expect(first.output).toMatch(/^committed: \d+ created/);
    expect((await driftloop('publish', ...to)).output).toMatch(/^nothing to change/);
    expect(await driftloop('diff', ...to, '--exit-code')).toMatchObject({ status: 0, output: '' });
  });

  it('show what a change would do before it is published', async () => {
    await driftloop('publish', ...to);
    const file = join(folder, 'models/jukebox.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('threshold: 0.05', 'threshold: 0.04'));
    const { status, output } = await driftloop('diff', ...to, '--format', 'json', '--exit-code');
    expect(status).toBe(2);
    const diff = JSON.parse(output) as { summary: { changed: number }; units: { unit: string }[] };
    expect(diff.units.map(({ unit }) => unit)).toEqual(['prod/jukebox', 'test/jukebox']);
    const dry = await driftloop('publish', ...to, '--dry-run');
    expect(dry.output).toContain('would be committed: 2 changed');
    expect((await driftloop('diff', ...to, '--exit-code')).status).toBe(2);
  });

  it('record a release and render the model with it', async () => {
    await driftloop('publish', ...to);
    const image = `oci://registry.example.com/jukebox/model@sha256:${'0'.repeat(64)}`;
    const words = ['release', 'jukebox', '--env', 'test', '--version', '2', '--image', image, ...to];
    const first = await driftloop(...words, '--format', 'json');
    expect(first.status).toBe(0);
    expect(JSON.parse(first.output)).toMatchObject({ action: 'pushed', units: ['test/jukebox'] });
    expect((await driftloop(...words)).output).toMatch(/^test runs version 2 .* already\nnothing to change/);
    expect((await driftloop('diff', ...to, '--exit-code')).status).toBe(0);
  });

  it.each([
    ['a tag instead of a digest', ['--env', 'test', '--image', 'oci://registry.example.com/a:latest']],
    [
      'an unknown environment',
      ['--env', 'stage', '--image', `oci://a.example.com/b@sha256:${'0'.repeat(64)}`],
    ],
  ])('refuse to release %s', async (_what, words) => {
    const result = await driftloop('release', 'jukebox', '--version', '2', ...words, ...to);
    expect(result).toMatchObject({ status: 1, output: '' });
    expectNoTrace(result);
  });

  it('give status 3, without a stack trace, when the repository cannot be reached', async () => {
    const result = await driftloop('publish', '--to', 'gone.git');
    expect(result.status).toBe(3);
    expectNoTrace(result);
  });
});

describe('explain', () => {
  it('says what a code means', async () => {
    const { status, output } = await driftloop('explain', 'SYNTH_FOREIGN_FILES');
    expect(status).toBe(0);
    expect(output).toContain('holds files that driftloop did not write');
  });

  it('proposes a code for a mistyped one', async () => {
    const { status, log } = await driftloop('explain', 'SYNTH_FOREIGN_FILE');
    expect(status).toBe(1);
    expect(log).toContain('Did you mean `SYNTH_FOREIGN_FILES`?');
  });

  it.each(['models/jukebox.yaml', 'jukebox'])('shows where each value of %s comes from', async (subject) => {
    const { status, output } = await driftloop('explain', subject);
    expect(status).toBe(0);
    expect(output).toMatch(/serving\.replicas +1 +# model environment, models\/jukebox\.yaml:\d+:\d+/);
    expect(output).toMatch(/training\.cooldown +"6h" +# built-in default/);
  });

  it('knows no other models', async () => {
    const { status, log } = await driftloop('explain', 'models/jukbox.yaml');
    expect(status).toBe(1);
    expect(log).toContain('Did you mean `jukebox`?');
  });
});

describe('graph', () => {
  it('draws the loop as Mermaid', async () => {
    const { status, output } = await driftloop('graph');
    expect(status).toBe(0);
    expect(output).toMatch(/^flowchart LR\n/);
    expect(output).toContain('jukebox__test__retrain -->|webhook| jukebox__stage__admit');
    expect(output).toContain('-->|Argo CD| jukebox__test__model');
  });

  it('never draws a model that is not there', async () => {
    expect((await driftloop('graph', 'jukbox')).status).toBe(1);
  });
});

describe('init', () => {
  it('writes a workspace that passes check', async () => {
    const { status, output } = await driftloop('init', '--yes', '-C', 'fresh');
    expect(status).toBe(0);
    expect(output.split('\n')).toContain('models/my-model.yaml');
    const checked = await driftloop('check', '-C', 'fresh');
    expect(checked.status).toBe(0);
    expect((await driftloop('rehearse', 'my-model', '--env', 'test', '-C', 'fresh')).status).toBe(0);
  });

  it('asks at a terminal, and takes an empty answer for the default', async () => {
    const options = { cwd: folder, answers: ['shop', ''] };
    expect((await runCli(['init', '-C', 'fresh'], options)).status).toBe(0);
    expect(readFileSync(join(folder, 'fresh/driftloop.yaml'), 'utf8')).toContain('platform: shop\n');
    expect(existsSync(join(folder, 'fresh/models/my-model.yaml'))).toBe(true);
  });

  it('never overwrites a file of driftloop, and keeps the other files that are there', async () => {
    const before = readTree(folder);
    const refused = await driftloop('init', '--yes');
    expect(refused.status).toBe(1);
    expect(refused.log).toContain('driftloop.yaml exists already');
    expect(readTree(folder)).toEqual(before);
    mkdirSync(join(folder, 'fresh'));
    writeFileSync(join(folder, 'fresh/.gitignore'), 'mine\n');
    expect((await driftloop('init', '--yes', '-C', 'fresh')).log).toContain('kept .gitignore');
    expect(readFileSync(join(folder, 'fresh/.gitignore'), 'utf8')).toBe('mine\n');
  });

  it.each([
    ['--model', '../escape'],
    ['--model', 'My_Model'],
    ['--platform', 'a'.repeat(21)],
  ])('refuses %s %s and writes nothing', async (option, name) => {
    const result = await driftloop('init', '--yes', '-C', 'fresh', option, name);
    expect(result.status).toBe(1);
    expect(result.log).toContain('CLI_VALUE_INVALID');
    expect(existsSync(join(folder, 'fresh'))).toBe(false);
  });
});
