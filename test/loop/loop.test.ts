import { World } from './world.js';

let world: World;

beforeAll(async () => {
  world = await World.start(tell);
}, 120_000);

afterAll(() => world.stop());

/** `npm run loop` shows it to people. */
function tell(line: string): void {
  if (process.env.DRIFTLOOP_LOOP !== undefined) process.stdout.write(`${line}\n`);
}

test('an alert ends in a served and verified model, and in a pull request for the next environment', async () => {
  const { name } = await world.alert('firing');
  const record = await world.run(name);
  const states = Object.fromEntries([...record.tasks].map(([task, { state }]) => [task, state]));
  expect(states).toEqual({
    admit: 'Succeeded',
    'fetch-source': 'Succeeded',
    train: 'Succeeded',
    evaluate: 'Succeeded',
    release: 'Succeeded',
    'await-rollout': 'Succeeded',
    'smoke-test': 'Succeeded',
    promote: 'Succeeded',
    record: 'Succeeded',
  });
  expect(record).toMatchObject({ status: 'True', reason: 'Succeeded' });
  const version = record.results.get('version');
  const [release] = world.repositories.releasesOf('test');
  expect(release).toMatchObject({ version, by: name, verified: { environment: 'test', by: name } });
  expect(await world.serving.ask('/healthz')).toMatchObject({ version, image: record.results.get('image') });
  expect(world.forge.pullRequests).toMatchObject([
    { state: 'open', title: `promote(prod/jukebox): version ${version ?? ''} from test` },
  ]);
  expect(record.results.get('promotion')).toContain('/pulls/1');
  expect(world.repositories.releasesOf('prod')).toEqual([]);
  expect(world.read(`pipelineruns/${name}`)?.metadata.labels).toMatchObject({
    'driftloop.dev/outcome': 'released',
  });
}, 120_000);
