import { join } from 'node:path';
import type { RecordResult } from '../../../gitops/release/record-delivery.js';
import type { Checked } from '../../../problems/problem.js';
import { startGitServer } from '../../real/git-server.js';
import type { GitServer, GitServerOptions } from '../../real/git-server.js';
import { publishUnits, succeeded } from '../support/publishing.js';
import { done, Releasing } from '../support/releasing.js';
import { commitCount, git } from '../support/repository.js';
import { object, unit } from '../support/units.js';

const credentials = { username: 'x-access-token', password: 'hunter2-secret' };
const servers: GitServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Versions 1 and 2 went to prod, version 3 waits in test; the rest happens over HTTP. */
async function serve(options: GitServerOptions = {}) {
  const server = await startGitServer({ credentials, ...options });
  servers.push(server);
  const url = server.create('gitops.git');
  const bare = join(server.root, 'gitops.git');
  const loop = await Releasing.start(bare);
  await loop.bring('1', '2');
  await done(loop.release('3'));
  await done(loop.verify('3'));
  return { loop, bare, remote: { url, credentials } };
}

/** Whoever names a version that another one replaced meanwhile is told so. */
async function overtaken(outcome: Promise<Checked<RecordResult>>): Promise<RecordResult | undefined> {
  const { value, problems } = await outcome;
  if (value === undefined) expect(problems).toMatchObject([{ code: 'GITOPS_RELEASE_OTHER_VERSION' }]);
  return value;
}

test('promotions, rollbacks, releases and publications at once: all land, nothing is lost, nothing twice', async () => {
  const { loop, bare, remote } = await serve();
  const before = commitCount(bare);
  const radio = (number: number) =>
    unit('test/radio', { [`alerts-${number}`]: [object(`alerts-${number}`)] });
  const outcomes = await Promise.all([
    ...Array.from({ length: 3 }, () => overtaken(loop.promote({ remote, version: '3' }))),
    ...Array.from({ length: 3 }, () => done(loop.rollback('prod', { remote }))),
    done(loop.release('4', 'test', { remote })),
    ...Array.from({ length: 3 }, (_, number) =>
      succeeded(
        publishUnits(bare, [radio(number)], {
          remote,
          selection: { models: ['radio'] },
          allowCollapse: true,
        }),
      ),
    ),
  ]);
  const pushed = outcomes.filter((outcome) => outcome?.action === 'pushed');
  expect(commitCount(bare)).toBe(before + pushed.length);
  expect(git(bare, 'rev-list', '--merges', '--count', 'main')).toBe('0');
  expect(git(bare, 'fsck', '--strict', '--no-dangling')).toBe('');
  for (const environment of ['test', 'prod']) {
    const { image } = loop.record(environment) as { image: string };
    expect(loop.served(environment)).toContain(image);
  }
}, 120_000);

test('a rollback whose push broke off is completed by the next one, with one commit', async () => {
  let broken = false;
  const { loop, bare, remote } = await serve({
    onRequest: ({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('receive-pack') || broken) return;
      broken = true;
      throw new Error('the connection breaks');
    },
  });
  const before = commitCount(bare);
  const failure: unknown = await loop.rollback('prod', { remote }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(String(failure)).not.toContain('hunter2');
  expect(await done(loop.rollback('prod', { remote }))).toMatchObject({
    action: 'pushed',
    release: { version: '1' },
  });
  expect(commitCount(bare)).toBe(before + 1);
}, 120_000);
