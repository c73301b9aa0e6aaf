import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './run-cli.js';
import type { CliResult } from './run-cli.js';

const example = join(process.cwd(), 'examples/jukebox');
const imageOf = (version: number) =>
  `oci://a.example.com/jukebox@sha256:${String(version).padStart(64, '0')}`;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-releases-'));
  for (const name of ['driftloop.yaml', 'models'])
    cpSync(join(example, name), join(folder, name), { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function driftloop(...words: readonly string[]): Promise<CliResult> {
  const flag = ['promote', 'rollback'].includes(words[0] ?? '') ? '--repository' : '--to';
  return runCli([...words, flag, 'embedded'], { cwd: folder });
}

async function bring(version: number): Promise<void> {
  const named = ['--env', 'test', '--version', String(version)];
  const released = await driftloop(
    'release',
    'jukebox',
    ...named,
    '--image',
    imageOf(version),
    '--metric',
    'accuracy=0.9',
  );
  const verified = await driftloop('verify', 'jukebox', ...named);
  const promoted = await driftloop(
    'promote',
    'jukebox',
    '--from',
    'test',
    '--to',
    'prod',
    '--version',
    String(version),
  );
  expect([released, verified, promoted].map(({ status, log }) => `${status} ${log}`)).toEqual([
    '0 ',
    '0 ',
    '0 ',
  ]);
}

describe('release, verify, promote, rollback and releases', () => {
  beforeAll(async () => {
    await driftloop('publish');
    await bring(1);
    await bring(2);
  }, 120_000);

  it('say what was there before', async () => {
    const dry = await driftloop('rollback', 'jukebox', '--env', 'prod', '--dry-run');
    expect(dry.output).toMatch(
      /^prod\/jukebox: version 2 → 1 \(sha256:0{12}\)\n {18}before +after\n[^]*accuracy +0.9 +0.9 \(at least 0.75: passed\)\nwould be committed: 1 changed\n/,
    );
    const json = await driftloop('rollback', 'jukebox', '--env', 'prod', '--dry-run', '--format', 'json');
    expect(JSON.parse(json.output)).toMatchObject({
      action: 'planned',
      release: {
        version: '1',
        metrics: { accuracy: 0.9 },
        pinned: { insteadOf: '2', by: 'driftloop rollback' },
      },
      previous: { version: '2' },
    });
  });

  it('tell the history', async () => {
    const { output } = await driftloop('releases', 'jukebox', '--env', 'prod');
    const [heading, ...rows] = output.trimEnd().split('\n');
    expect(heading).toMatch(/^environment +version +digest +released +by +commit +state$/);
    expect(rows).toEqual([
      expect.stringMatching(
        /^prod +2 +sha256:0{12} +\S+Z +driftloop promote +[0-9a-f]{7} +runs, verified in test$/,
      ),
      expect.stringMatching(/^prod +1 .* verified in test$/),
    ]);
    const json = await driftloop('releases', 'jukebox', '--format', 'json');
    expect(JSON.parse(json.output)).toHaveLength(4);
  });

  it.each([
    [['promote', 'jukebox', '--from', 'test', '--to', 'prd'], 'Did you mean `prod`?'],
    [['promote', 'jukebox', '--from', 'prod', '--to', 'test'], 'GITOPS_PROMOTION_ORDER'],
    [['rollback', 'jukebox', '--env', 'prod', '--to', '7'], 'GITOPS_ROLLBACK_UNKNOWN'],
    [['rollback', 'jukebox', '--env', 'prod', '--reason', 'two\nlines'], 'CONFIG_VALUE'],
    [['releases', 'jukbox'], 'Did you mean `jukebox`?'],
    [['verify', 'jukebox', '--env', 'test', '--version', '1'], 'GITOPS_RELEASE_OTHER_VERSION'],
  ])('refuse %j', async (words, message) => {
    const { status, log, output } = await driftloop(...words);
    expect([status, output]).toEqual([1, '']);
    expect(log).toContain(message);
  });

  it.each(['accuracy', 'accuracy=', 'accuracy=high', '=1', 'accuracy=NaN'])(
    'refuse the metric %s',
    async (metric) => {
      const named = ['--env', 'test', '--version', '9', '--image', imageOf(9)];
      const { status, log } = await driftloop('release', 'jukebox', ...named, '--metric', metric);
      expect(status).toBe(1);
      expect(log).toContain('a name and a number');
    },
  );

  it('hand out problems as JSON where results are', async () => {
    const { status, output } = await driftloop(
      'rollback',
      'jukebox',
      '--env',
      'prod',
      '--to',
      '7',
      '--format',
      'json',
    );
    expect(status).toBe(1);
    expect(output).toContain('GITOPS_ROLLBACK_UNKNOWN');
  });
});
