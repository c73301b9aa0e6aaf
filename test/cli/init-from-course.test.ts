import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeTrees, writeTree } from '../config/dialects/course/course-tree.js';
import { stages } from '../config/dialects/course/stages.js';
import { readTree } from './read-tree.js';
import { runCli } from './run-cli.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftloop-init-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  removeTrees();
});

const run = (...args: string[]) => runCli(args, { cwd: folder });

test.each(Object.entries(stages))(
  '%s: the tree and its native form render the same, byte for byte',
  async (_, files) => {
    const tree = writeTree({
      ...Object.fromEntries(Object.keys(stages.final ?? {}).map((path) => [path, undefined])),
      ...files,
    });
    const written = await run('init', '--from-course', tree, '-C', 'native');
    expect(written).toMatchObject({ status: 0 });
    const native = await run('synth', '-C', 'native', '-o', 'of-native');
    expect(await run('synth', '-C', tree, '-o', 'of-tree')).toMatchObject({ status: 0 });
    expect(native).toMatchObject({ status: 0 });
    expect(readTree(join(folder, 'of-native'))).toEqual(readTree(join(folder, 'of-tree')));
  },
);

test('the example says what its parts come from, and what was assumed', async () => {
  const { status, output } = await run('init', '--from-course', join(process.cwd(), 'examples/course'));
  expect(status).toBe(0);
  expect(output.split('\n').slice(0, 2)).toEqual(['driftloop.yaml', 'models/song-ranker.yaml']);
  expect(readFileSync(join(folder, 'models/song-ranker.yaml'), 'utf8')).toContain(`
# model-deployments/test/alerting/config.yaml: chart_path, alert_manager
# model-deployments/prod/alerting/config.yaml: chart_path, alert_manager
# Assumed, as no file says it: \`for\`, \`detectors\`
drift:
  monitor: trustyai
  for: 10m
`);
  expect(readFileSync(join(folder, 'driftloop.yaml'), 'utf8')).toContain(`
# Not carried over, because driftloop does not render it:
`);
});

test('nothing is overwritten, and then nothing is written', async () => {
  writeFileSync(join(folder, 'driftloop.yaml'), 'mine\n');
  const { status, log } = await run('init', '--from-course', join(process.cwd(), 'examples/course'));
  expect(status).toBe(1);
  expect(log).toContain('CLI_FILE_EXISTS');
  expect(readFileSync(join(folder, 'driftloop.yaml'), 'utf8')).toBe('mine\n');
  expect(existsSync(join(folder, 'models'))).toBe(false);
});

test('a tree with errors is not converted, and its errors are shown', async () => {
  const tree = writeTree({ 'toolings/ct-pipeline/config.yaml': 'chart_path: charts/pipelnes\n' });
  const { status, log } = await run('init', '--from-course', tree);
  expect(status).toBe(1);
  expect(log).toContain('toolings/ct-pipeline/config.yaml:1:13: error COURSE_CHART_UNKNOWN');
  expect(existsSync(join(folder, 'driftloop.yaml'))).toBe(false);
});

test('a folder that is no tree of the course is refused', async () => {
  expect(await run('init', '--from-course', folder)).toMatchObject({
    status: 1,
    log: expect.stringContaining('CLI_VALUE_INVALID') as string,
  });
});

test('a name for the starter and a tree exclude each other', async () => {
  const { status, log } = await run('init', '--from-course', folder, '--model', 'jukebox');
  expect(status).toBe(1);
  expect(log).toContain("cannot be used with option '--model <name>'");
});
