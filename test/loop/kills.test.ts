import { World } from './world.js';

let world: World;
let first: string;

beforeEach(async () => {
  world = await World.start(() => undefined);
  first = (await world.alert('firing')).name;
}, 120_000);

afterEach(() => world.stop());

const versionsIn = (environment: string) => [
  ...new Set(world.repositories.releasesOf(environment).map(({ version }) => version)),
];

test('steps that are killed when their work is done do it once', async () => {
  const own = new Set(['admit', 'fetch-source', 'release', 'smoke-test', 'promote']);
  world.interference = ({ task }, attempt) => (own.has(task) && attempt === 1 ? { killed: true } : undefined);
  const record = await world.run(first);
  expect(record).toMatchObject({ status: 'True', reason: 'Succeeded' });
  for (const task of own) expect(record.tasks.get(task)?.attempts).toBe(2);
  expect(versionsIn('test')).toEqual([record.results.get('version')]);
  expect(world.forge.pullRequests).toHaveLength(1);
  expect(record.results.get('promotion')).toBe(`${world.forge.origin}/mlops/gitops/pulls/1`);
}, 120_000);

test('a run that dies after its release is finished by the next one, and each version is released once', async () => {
  world.interference = ({ task }) => (task === 'release' ? { killed: true } : undefined);
  const died = await world.run(first);
  expect(died).toMatchObject({ status: 'False', reason: 'Failed' });
  expect(world.read(`pipelineruns/${first}`)?.metadata.labels).toMatchObject({
    'driftloop.dev/outcome': 'failed',
  });
  const [unverified] = world.repositories.releasesOf('test');
  expect(unverified).toMatchObject({ by: first });
  expect(unverified?.verified).toBeUndefined();
  expect(world.forge.pullRequests).toEqual([]);

  world.interference = () => undefined;
  const next = world.again(first, 'jukebox-next');
  const record = await world.run(next);
  expect(record).toMatchObject({ status: 'True', reason: 'Succeeded' });
  const version = record.results.get('version') ?? '';
  expect(versionsIn('test')).toEqual([version, unverified?.version]);
  const subjects = world.repositories.git('log', '--format=%s', 'main').split('\n');
  expect(subjects.filter((subject) => subject.startsWith('release('))).toHaveLength(2);
  expect(world.repositories.releasesOf('test')[0]).toMatchObject({ version, verified: { by: next } });
  expect(world.forge.pullRequests).toMatchObject([
    { state: 'open', title: `promote(prod/jukebox): version ${version} from test` },
  ]);
}, 120_000);
