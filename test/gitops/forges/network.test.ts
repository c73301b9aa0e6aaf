import { afterEach } from '@jest/globals';
import { OutsideError } from '../../../gitops/outside-error.js';
import { openForge } from '../../../gitops/forges/open-forge.js';
import type { PullRequest } from '../../../gitops/forges/forge.js';
import { describeWith } from '../../real/binaries.js';
import { startGitServer } from '../../real/git-server.js';
import { createAuthority } from '../support/authority.js';
import type { Authority } from '../support/authority.js';
import { forgeToken, startFakeForge } from '../support/fake-forge.js';
import type { FakeForge } from '../support/fake-forge.js';
import { startProxy } from '../support/proxy.js';
import type { Proxy } from '../support/proxy.js';
import { instantClock, publishUnits, succeeded } from '../support/publishing.js';
import { object, unit } from '../support/units.js';

const units = [unit('test/jukebox', { alerts: [object('a')] })];
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function kept<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  open.push(server);
  return server;
}

function tlsOf(authority: Authority) {
  const { certificate: cert, key } = authority.issue('server');
  return { tls: { cert, key } };
}

/** Without the proxies of whoever runs the tests, which would not find 127.0.0.1 anyway. */
function environmentOf(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const cleared = Object.keys(process.env).filter((name) => /^(https?|no|all)_proxy$/i.test(name));
  const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !cleared.includes(name)));
  return { ...rest, DRIFTLOOP_FORGE_TOKEN: forgeToken, GIT_CONFIG_GLOBAL: '/dev/null', ...more };
}

function find(forge: FakeForge, environment: NodeJS.ProcessEnv): Promise<PullRequest | undefined> {
  const settings = { api: 'github', apiUrl: forge.apiUrl, clock: instantClock() } as const;
  const { value, problems } = openForge(`${forge.origin}/mlops/gitops.git`, { ...settings, environment });
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value.findOpen('driftloop/prod', 'main');
}

describeWith(['openssl'], 'a forge and a repository with a certificate of an own authority', () => {
  const authority = createAuthority();
  const trusting = () => environmentOf({ DRIFTLOOP_CA_FILE: authority.certificateFile });

  test('are reached when DRIFTLOOP_CA_FILE names the authority', async () => {
    const forge = await kept(startFakeForge({ kind: 'github', ...tlsOf(authority) }));
    expect(await find(forge, trusting())).toBeUndefined();
    expect(forge.requests).toHaveLength(1);
    const server = await kept(startGitServer(tlsOf(authority)));
    const url = server.create('gitops.git');
    expect(await succeeded(publishUnits(url, units, { environment: trusting() }))).toMatchObject({
      action: 'pushed',
    });
  });

  test('are not believed without it, nor with another one, and the hint says what to set', async () => {
    const other = environmentOf({ DRIFTLOOP_CA_FILE: createAuthority().certificateFile });
    for (const environment of [environmentOf({}), other]) {
      const forge = await kept(startFakeForge({ kind: 'github', ...tlsOf(authority) }));
      const failure: unknown = await find(forge, environment).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(OutsideError);
      expect(failure).toMatchObject({ hint: expect.stringContaining('DRIFTLOOP_CA_FILE') as unknown });
      expect(forge.requests).toEqual([]);
      const server = await kept(startGitServer(tlsOf(authority)));
      await expect(publishUnits(server.create('gitops.git'), units, { environment })).rejects.toThrow(
        /certificate/,
      );
    }
  });

  test('are reached through the proxy of HTTPS_PROXY, which sees no token', async () => {
    const proxy = await kept(startProxy());
    const forge = await kept(startFakeForge({ kind: 'github', ...tlsOf(authority) }));
    const server = await kept(startGitServer(tlsOf(authority)));
    const url = server.create('gitops.git');
    const environment = { ...trusting(), HTTPS_PROXY: proxy.url };
    await find(forge, environment);
    expect(proxy.requests).toEqual([`CONNECT ${new URL(forge.origin).host}`]);
    await succeeded(publishUnits(url, units, { environment }));
    expect(new Set(proxy.requests.slice(1))).toEqual(new Set([`CONNECT ${new URL(url).host}`]));
  });

  test('are reached past the proxy where NO_PROXY says so', async () => {
    const proxy = await kept(startProxy());
    const forge = await kept(startFakeForge({ kind: 'github', ...tlsOf(authority) }));
    const server = await kept(startGitServer(tlsOf(authority)));
    const environment = { ...trusting(), HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1' };
    await find(forge, environment);
    await succeeded(publishUnits(server.create('gitops.git'), units, { environment }));
    expect(proxy.requests).toEqual([]);
  });
});

describe('a forge and a repository over plain HTTP', () => {
  async function through(): Promise<{ proxy: Proxy; environment: NodeJS.ProcessEnv }> {
    const proxy = await kept(startProxy());
    return { proxy, environment: environmentOf({ http_proxy: proxy.url }) };
  }

  test('are reached through the proxy of http_proxy', async () => {
    const { proxy, environment } = await through();
    const forge = await kept(startFakeForge({ kind: 'github' }));
    await find(forge, environment);
    expect(proxy.requests.length).toBeGreaterThan(0);
    const before = proxy.requests.length;
    const server = await kept(startGitServer());
    await succeeded(publishUnits(server.create('gitops.git'), units, { environment }));
    expect(proxy.requests.length).toBeGreaterThan(before);
  });

  test('a proxy that is away is said, with the variables that name it', async () => {
    const { proxy, environment } = await through();
    await proxy.close();
    const forge = await kept(startFakeForge({ kind: 'github' }));
    await expect(find(forge, environment)).rejects.toMatchObject({
      hint: expect.stringContaining('HTTPS_PROXY') as unknown,
    });
    expect(forge.requests).toEqual([]);
  });
});
