import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { application } from '../gitops/argocd/applications.js';
import type { State } from '../gitops/argocd/applications.js';
import { createAuthority } from '../gitops/support/authority.js';
import { startFakeApiServer } from '../gitops/support/fake-api-server.js';
import type { ApiScript, FakeApiServer } from '../gitops/support/fake-api-server.js';
import {
  commitByHand,
  bareRepository,
  commitCount,
  git,
  temporaryFolder,
} from '../gitops/support/repository.js';
import { describeWith } from '../real/binaries.js';
import { runCli } from './run-cli.js';
import type { CliResult } from './run-cli.js';

const example = join(process.cwd(), 'examples/jukebox');
const token = 'kube-token-secret';
const servers: FakeApiServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describeWith(['openssl'], 'publish --wait', () => {
  const authority = createAuthority();

  interface Stage {
    readonly repository: string;
    readonly server: FakeApiServer;
    readonly publish: (...words: readonly string[]) => Promise<CliResult>;
  }

  /** A workspace, an empty GitOps repository, and a cluster whose Applications say what the test says. */
  async function prepare(
    script: (name: string, head: () => string) => ReturnType<ApiScript>,
  ): Promise<Stage> {
    const folder = temporaryFolder();
    for (const name of ['driftloop.yaml', 'models'])
      cpSync(join(example, name), join(folder, name), { recursive: true });
    const repository = bareRepository();
    const head = () => git(repository, 'rev-parse', 'main');
    const server = await startFakeApiServer(authority, ({ path }) =>
      script(path.split('/').at(-1) ?? '', head),
    );
    servers.push(server);
    writeKubeconfig(folder, server.url);
    const environment = { ...process.env, KUBECONFIG: 'kubeconfig' };
    return {
      repository,
      server,
      publish: (...words) => runCli(['publish', '--to', repository, ...words], { cwd: folder, environment }),
    };
  }

  function writeKubeconfig(folder: string, server: string): void {
    const data = Buffer.from(authority.certificate).toString('base64');
    const config = {
      'current-context': 'here',
      clusters: [{ name: 'c', cluster: { server, 'certificate-authority-data': data } }],
      users: [{ name: 'u', user: { token } }],
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
    };
    writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(config));
  }

  const at = (revision: string, state: State = {}) => application({ revision, ...state });

  test('ends when all Applications stand at the commit and are healthy, and asks for no others', async () => {
    const { publish, repository, server } = await prepare((name, head) =>
      name.endsWith('.root') && commitCountOf(repository) === 0 ? undefined : at(head()),
    );
    const result = await publish('--wait', '--push');
    expect(result).toMatchObject({ status: 0 });
    expect(result.output).toMatch(/^committed: .*\n(.*\n)+arrived: \d+ Applications, synced and healthy\n$/);
    const names = new Set(server.requests.map(({ path }) => path.split('/').at(-1)));
    expect([...names].sort()).toMatchObject(expect.arrayContaining(['mlops.root', 'mlops.test.jukebox']));
    expect([...names].filter((name) => name?.includes('bootstrap'))).toEqual([]);
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('waits also when there was nothing to publish, and says it in JSON', async () => {
    const { publish } = await prepare((_, head) => at(head()));
    await publish('--push');
    const again = await publish('--wait', '--push', '--env', 'test', '--format', 'json');
    expect(JSON.parse(again.output)).toMatchObject({
      deliveries: [{ action: 'none' }],
      rollout: { outcome: 'arrived', applications: [{ unit: 'test/jukebox', state: 'arrived' }] },
    });
  });

  test('is content with a commit that somebody made on top of it', async () => {
    const { publish, repository } = await prepare((_, head) => at(head()));
    await publish('--push');
    commitByHand(repository, { files: { README: 'by hand' } });
    expect(await publish('--wait', '--push', '--env', 'test')).toMatchObject({ status: 0 });
  });

  test('ends with status 3 as soon as an Application is degraded, and says which', async () => {
    const { publish } = await prepare((name, head) =>
      at(head(), name === 'mlops.test.jukebox' ? { health: 'Degraded', healthMessage: 'no image' } : {}),
    );
    await publish('--push');
    const { status, output } = await publish('--wait', '--push');
    expect(status).toBe(3);
    expect(output).toContain('failed:\n  test/jukebox (mlops.test.jukebox): Degraded: no image\n');
  });

  test('ends with status 3 when the time is over, and says what was missing', async () => {
    const { publish } = await prepare(() => at('0'.repeat(40)));
    await publish('--push');
    const { status, output, log } = await publish('--wait', '--timeout', '1s', '--push', '--env', 'test');
    expect(status).toBe(3);
    expect(output).toContain('not arrived in time:\n  test/jukebox (mlops.test.jukebox): still at 0000000\n');
    expect(log).toContain('test/jukebox: still at 0000000');
  });

  test.each<[string, ApiScript, RegExp]>([
    ['the credentials are wrong', () => ({ refusal: 401, message: 'Unauthorized' }), /Log in again/],
    ['the right to read is missing', () => ({ refusal: 403, message: 'forbidden' }), /verb `get`/],
    ['the cluster has no Argo CD', () => ({ refusal: 404, message: '404 page not found' }), /--context/],
    ['the cluster is away', () => ({ refusal: 503, message: 'starting' }), /Nothing was published/],
  ])('publishes nothing when %s, and shows no token', async (_, script, hint) => {
    const { publish, repository } = await prepare(() => script({} as never));
    const { status, output, log } = await publish('--wait', '--push');
    expect(status).toBe(3);
    expect(log).toMatch(hint);
    expect(output + log).not.toContain(token);
    expect(git(repository, 'for-each-ref')).toBe('');
  });

  test('publishes nothing where there is nothing to wait for', async () => {
    const { publish, repository } = await prepare(() => at('x'));
    const { status, log } = await publish('--wait', '--pull-request');
    expect(status).toBe(1);
    expect(log).toContain('GITOPS_NOTHING_TO_AWAIT');
    const elsewhere = await publish('--wait', '--push', '--context', 'staging');
    expect(elsewhere.log).toMatch(/GITOPS_KUBECONFIG.*\n?.*no context "staging"/);
    expect(git(repository, 'for-each-ref')).toBe('');
  });

  test('is not tried, and its options are not ignored', async () => {
    const { publish } = await prepare(() => undefined);
    expect((await publish('--wait', '--dry-run')).log).toMatch(/cannot be used with/);
    expect((await publish('--timeout', '5m')).log).toContain('CLI_VALUE_INVALID');
    expect((await publish('--context', 'here')).log).toContain('CLI_VALUE_INVALID');
    expect((await publish('--wait', '--timeout', 'soon')).log).toContain('must be a duration');
  });
});

function commitCountOf(repository: string): number {
  return git(repository, 'for-each-ref') === '' ? 0 : commitCount(repository);
}
