import { jest } from '@jest/globals';
import type { Fault } from './pods.js';
import { World } from './world.js';

/** Each test runs up to ten programs, on machines that do other things, too. */
jest.setTimeout(120_000);

let world: World;
let first: string;

beforeAll(async () => {
  world = await World.start(() => undefined);
  first = (await world.alert('firing')).name;
}, 120_000);

afterAll(() => world.stop());

afterEach(() => {
  world.interference = () => undefined;
});

/** The image of the training does something else. */
function train(fault: Fault): void {
  world.interference = ({ task, container }) =>
    task === 'train' && container.name === 'train' ? fault : undefined;
}

/** A program that leaves these files, and says that all is well. */
function leave(files: Readonly<Record<string, string>>): Fault {
  const write = `for (const [name, text] of Object.entries(${JSON.stringify(files)}))
    require('node:fs').writeFileSync(process.env.DRIFTLOOP_OUTPUT + '/' + name, text);`;
  return { command: ['node', '-e', write] };
}

const image = `oci://registry.example.com/jukebox/model@sha256:${'a'.repeat(64)}`;
const model = { 'model.json': JSON.stringify({ image }) };

const outcome = (run: string) =>
  world.read(`pipelineruns/${run}`)?.metadata.labels?.['driftloop.dev/outcome'];

describe('nothing is released of a training', () => {
  test.each<[string, string, Fault]>([
    ['that fails', 'train', { command: ['node', '-e', 'process.exit(1)'] }],
    ['that leaves no metrics', 'evaluate', leave(model)],
    ['that measures NaN', 'evaluate', leave({ ...model, 'metrics.json': '{"accuracy": NaN}' })],
  ])('%s', async (what, stage, fault) => {
    const before = world.repositories.git('rev-parse', 'main');
    train(fault);
    const run = world.again(first, `jukebox-${what.replaceAll(' ', '-').toLowerCase()}`);
    const record = await world.run(run);
    expect(record).toMatchObject({ status: 'False', reason: 'Failed' });
    expect(record.tasks.get(stage)?.state).toBe('Failed');
    expect([...record.tasks.keys()]).not.toContain('release');
    expect(outcome(run)).toBe('failed');
    expect(world.repositories.git('rev-parse', 'main')).toBe(before);
  });

  test('that nobody starts after three failures in a row, until a person has looked', async () => {
    const run = world.again(first, 'jukebox-fourth');
    const record = await world.run(run);
    expect(record).toMatchObject({ status: 'True', reason: 'Completed' });
    expect(record.results.get('admitted')).toBe('false');
    expect(record.tasks.get('train')?.state).toBe('Skipped');
    expect(outcome(run)).toBe('refused');
    world.annotate('leases/driftloop-jukebox', { 'driftloop.dev/failed-runs': undefined });
  });

  test('whose model is worse than wanted', async () => {
    const before = world.repositories.git('rev-parse', 'main');
    train(leave({ ...model, 'metrics.json': '{"accuracy": 0.74}' }));
    const run = world.again(first, 'jukebox-worse');
    const record = await world.run(run);
    expect(record.results.get('metrics')).toContain('| accuracy | 0.74 |');
    expect(record.tasks.get('evaluate')?.state).toBe('Failed');
    expect([...record.tasks.keys()]).not.toContain('release');
    expect(world.repositories.git('rev-parse', 'main')).toBe(before);
  });
});

test('of two runs at once one trains, and its event is handled once whatever becomes of its object', async () => {
  const runs = ['jukebox-left', 'jukebox-right'].map((name) => world.again(first, name));
  const records = await Promise.all(runs.map((run) => world.run(run)));
  expect(records.map(({ results }) => results.get('admitted')).sort()).toEqual(['false', 'true']);
  expect(runs.map(outcome).sort()).toEqual(['refused', 'released']);
  const winner = runs.find((run) => outcome(run) === 'released') ?? '';
  world.forget(`pipelineruns/${winner}`);
  const { results } = await world.run(world.again(first, winner));
  expect(results.get('refusal')).toBe('handled');
  expect(new Set(world.repositories.releasesOf('test').map(({ version }) => version)).size).toBe(1);
  expect(world.forge.pullRequests).toHaveLength(1);
  expect(world.serving.versions).toHaveLength(1);
}, 120_000);

test('the same alert again makes no other run', async () => {
  expect(await world.alert('firing')).toEqual({ name: first, created: false });
});
