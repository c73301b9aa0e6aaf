import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { openApiServer } from '../../../gitops/kubernetes/open-api-server.js';
import type { ApiAnswer } from '../../../gitops/kubernetes/api-server.js';
import { OutsideError } from '../../../gitops/outside-error.js';
import { describeWith } from '../../real/binaries.js';
import { createAuthority } from '../support/authority.js';
import { startFakeApiServer } from '../support/fake-api-server.js';
import type { ApiScript, FakeApiServer } from '../support/fake-api-server.js';
import { containing, matching } from '../support/matchers.js';
import { temporaryFolder } from '../support/repository.js';

const path = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/mlops.root';
const token = 'kube-token-secret';
const servers: FakeApiServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describeWith(['openssl'], 'the API server of a kubeconfig', () => {
  const authority = createAuthority();

  async function serve(script: ApiScript = () => ({ kind: 'Application' })): Promise<FakeApiServer> {
    const server = await startFakeApiServer(authority, script);
    servers.push(server);
    return server;
  }

  /** Asks once, as this user. */
  async function ask(
    server: { readonly url: string },
    user: object,
    cluster: object = {},
  ): Promise<ApiAnswer> {
    const folder = temporaryFolder();
    const data = Buffer.from(authority.certificate).toString('base64');
    const file = join(folder, 'config');
    writeFileSync(
      file,
      JSON.stringify({
        'current-context': 'one',
        clusters: [
          { name: 'c', cluster: { server: server.url, 'certificate-authority-data': data, ...cluster } },
        ],
        users: [{ name: 'u', user }],
        contexts: [{ name: 'one', context: { cluster: 'c', user: 'u' } }],
      }),
    );
    writeFileSync(join(folder, 'token'), `${token}\n`);
    const environment = { PATH: process.env.PATH, KUBECONFIG: file, HTTPS_PROXY: '' };
    const { value, problems } = openApiServer({ environment, directory: folder });
    if (value === undefined) throw new Error(JSON.stringify(problems));
    try {
      return await value.read(path, undefined);
    } finally {
      await value.close();
    }
  }

  test('is asked with a token', async () => {
    const server = await serve();
    expect(await ask(server, { token })).toEqual({ object: { kind: 'Application' } });
    expect(server.requests).toMatchObject([{ method: 'GET', path, authorization: `Bearer ${token}` }]);
  });

  test('is asked with a token in a file beside the kubeconfig', async () => {
    const server = await serve();
    await ask(server, { tokenFile: 'token' });
    expect(server.requests).toMatchObject([{ authorization: `Bearer ${token}` }]);
  });

  test('is asked with a client certificate, from the file or in it, and for somebody else', async () => {
    const server = await serve();
    const { certificate, key, certificateFile, keyFile } = authority.issue('ada');
    const inline = (text: string) => Buffer.from(text).toString('base64');
    await ask(server, { 'client-certificate': certificateFile, 'client-key': keyFile });
    await ask(server, {
      'client-certificate-data': inline(certificate),
      'client-key-data': inline(key),
      as: 'bob',
    });
    expect(server.requests.map(({ client, impersonated }) => [client, impersonated])).toEqual([
      ['ada', undefined],
      ['ada', 'bob'],
    ]);
  });

  test('is asked with what a program gives, which is told what it is for', async () => {
    const server = await serve();
    const folder = temporaryFolder();
    const program = join(folder, 'login');
    const answer = { kind: 'ExecCredential', status: { token } };
    writeFileSync(
      program,
      `#!/bin/sh\n[ "$REGION" = here ] && [ -n "$KUBERNETES_EXEC_INFO" ] && [ "$1" = get ] && echo '${JSON.stringify(answer)}'\n`,
    );
    chmodSync(program, 0o755);
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: program,
      args: ['get'],
      env: [{ name: 'REGION', value: 'here' }],
    };
    await ask(server, { exec });
    expect(server.requests).toMatchObject([{ authorization: `Bearer ${token}` }]);
  });

  test.each([
    ['is not installed', 'no-such-program', [], /no-such-program gave no credentials: it is not installed/],
    ['fails', '/bin/sh', ['-c', 'echo log in first >&2; exit 1'], /log in first/],
    ['prints something else', '/bin/sh', ['-c', `echo ${token}`], /printed no ExecCredential/],
  ])('a program that %s is named, and what it printed is not shown', async (_, command, args, words) => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command, args, installHint: 'Install it.' };
    const failure: unknown = await ask(await serve(), { exec }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OutsideError);
    expect(failure).toMatchObject({ message: matching(words), hint: 'Install it.' });
    expect(String(failure)).not.toContain(token);
  });

  test('is not believed when another authority vouches for it', async () => {
    const data = Buffer.from(createAuthority().certificate).toString('base64');
    const server = await serve();
    const answer = await ask(server, { token }, { 'certificate-authority-data': data });
    expect(answer).toMatchObject({ unreachable: matching(/certificate/) });
    expect(server.requests).toEqual([]);
  });

  test('is believed unseen only where the kubeconfig says so', async () => {
    const server = await serve();
    const cluster = { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true };
    expect(await ask(server, { token }, cluster)).toMatchObject({ object: {} });
  });

  test('may have no such object', async () => {
    expect(await ask(await serve(() => undefined), { token })).toEqual({ object: undefined });
  });

  test.each([429, 500, 503])('that answers %i is asked again later', async (refusal) => {
    const server = await serve(() => ({ refusal, message: 'too busy' }));
    expect(await ask(server, { token })).toMatchObject({ unreachable: containing('too busy') });
  });

  test('that is away is asked again later', async () => {
    const server = await serve();
    await servers.pop()?.close();
    const answer = await ask(server, { token });
    expect(answer).toMatchObject({ unreachable: containing('ECONNREFUSED') });
  });

  test.each([
    [401, 'Unauthorized', /Log in again/],
    [403, 'applications.argoproj.io "mlops.root" is forbidden', /verb `get`/],
    [404, '404 page not found', /--context/],
  ])('that answers %i is told about, without the token', async (refusal, message, hint) => {
    const failure: unknown = await ask(await serve(() => ({ refusal, message })), { token }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ hint: matching(hint) });
    expect(JSON.stringify(failure) + String(failure)).not.toContain(token);
  });
});
