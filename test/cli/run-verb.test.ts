import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runCli } from './run-cli.js';

const cwd = process.cwd();
const jukebox = ['-C', 'examples/jukebox'];

interface Run {
  metadata: {
    name?: string;
    generateName: string;
    namespace: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  spec: { params: { name: string; value: string }[]; [field: string]: unknown };
}

async function dryRun(...words: string[]): Promise<Run> {
  const { status, output, log } = await runCli(['run', 'jukebox', ...jukebox, '--dry-run', ...words], {
    cwd,
  });
  expect([status, log]).toEqual([0, expect.not.stringContaining('error')]);
  return parse(output) as Run;
}

describe('driftloop run --dry-run', () => {
  it('prints the run that an alert starts, but for its name and who asked', async () => {
    const manual = await dryRun('--by', 'ada', '--reason', 'new songs');
    const payload = ['--payload', 'examples/jukebox/payloads/firing.json'];
    const headers = ['--headers', 'examples/jukebox/payloads/firing.headers'];
    const words = ['rehearse', 'jukebox', '--env', 'test', ...jukebox, ...payload, ...headers];
    const rehearsal = await runCli([...words, '--format', 'json'], { cwd });
    const [alert] = (JSON.parse(rehearsal.output) as { created: Run[] }).created;
    expect(manual.spec).toEqual(alert?.spec);
    expect(manual.metadata).toEqual({
      generateName: 'jukebox-manual-',
      namespace: 'mlops-toolings',
      labels: {
        'driftloop.dev/model': 'jukebox',
        'driftloop.dev/environment': 'test',
        'driftloop.dev/started-by': 'manual',
      },
      annotations: { 'driftloop.dev/requested-by': 'ada', 'driftloop.dev/request-reason': 'new songs' },
    });
  });

  it('trains the commit that is named, and says so in a label', async () => {
    const commit = 'a'.repeat(64);
    const { metadata, spec } = await dryRun('--commit', commit, '--env', 'prod');
    expect(metadata.labels['driftloop.dev/commit']).toBe('a'.repeat(40));
    expect(spec.params).toEqual([
      { name: 'environment', value: 'prod' },
      { name: 'branch', value: 'main' },
      { name: 'commit', value: commit },
    ]);
  });

  it.each([
    `$(params.commit) $(context.pipelineRun.name) $(tt.params.x)`,
    `"; rm -rf / #' \`id\` \${HOME}`,
    'one\n---\nkind: Secret\n- &a *a\n{{ .Values }}\u0000\u001b[31m\u2028',
    `${'x'.repeat(1999)}'`,
  ])('a hostile reason stays the text it is (%#)', async (reason) => {
    const { metadata, spec } = await dryRun('--reason', reason, '--by', reason);
    expect(metadata.annotations).toEqual({
      'driftloop.dev/requested-by': reason,
      'driftloop.dev/request-reason': reason,
    });
    expect(spec).toEqual((await dryRun()).spec);
  });

  it('says everything that is wrong with the command line at once, and prints no run', async () => {
    const words = ['--env', 'staging', '--commit', 'main', '--reason', 'x'.repeat(1_000_000), '--dry-run'];
    const { status, output, log } = await runCli(['run', 'jukebox', ...jukebox, ...words], { cwd });
    expect([status, output]).toEqual([1, '']);
    expect(log).toContain('There is no environment `staging`');
    expect(log).toContain('`--commit main` is no commit');
    expect(log).toContain('`--reason` has 1000000 characters');
    expect(log.length).toBeLessThan(2000);
    expect((await runCli(['run', 'jukebox', ...jukebox, '--reason', ' '], { cwd })).status).toBe(1);
  });
});

describe('driftloop run', () => {
  let server: Server;
  let folder: string;
  let asked: { method: string; path: string; authorization: string; object: Run }[];
  /** What the API server says instead of creating a run. */
  let refusal: { code: number; message: string } | undefined;

  beforeEach(async () => {
    asked = [];
    refusal = undefined;
    folder = mkdtempSync(join(tmpdir(), 'driftloop-run-'));
    server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        const object = JSON.parse(text) as Run;
        const { method = '', url: path = '', headers } = request;
        asked.push({ method, path, authorization: headers.authorization ?? '', object });
        const name = `${object.metadata.generateName}x7k2p`;
        const stored = { ...object, metadata: { ...object.metadata, name } };
        response.writeHead(refusal?.code ?? 201).end(JSON.stringify(refusal ?? stored));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const kubeconfig = {
      'current-context': 'one',
      clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: 'u', user: { token: 'kube-token' } }],
      contexts: [{ name: 'one', context: { cluster: 'c', user: 'u', namespace: 'other' } }],
    };
    writeFileSync(join(folder, 'config'), JSON.stringify(kubeconfig));
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const start = (...words: string[]) =>
    runCli(['run', 'jukebox', ...jukebox, ...words], {
      cwd,
      environment: { PATH: process.env.PATH, USER: 'ada', KUBECONFIG: join(folder, 'config') },
    });

  it('creates what the dry run prints, in the namespace of the toolings, and says its name', async () => {
    const { status, output } = await start('--reason', 'new songs');
    expect([status, output]).toEqual([0, 'PipelineRun mlops-toolings/jukebox-manual-x7k2p was created.\n']);
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/apis/tekton.dev/v1/namespaces/mlops-toolings/pipelineruns',
        authorization: 'Bearer kube-token',
        object: await dryRun('--reason', 'new songs', '--by', 'ada'),
      },
    ]);
  });

  it('is another run each time, and gives programs the whole object', async () => {
    await start();
    const { output } = await start('--format', 'json');
    expect((JSON.parse(output) as Run).metadata.name).toBe('jukebox-manual-x7k2p');
    expect(asked.map(({ object }) => object.metadata.name)).toEqual([undefined, undefined]);
  });

  it.each([
    [403, 'pipelineruns.tekton.dev is forbidden', 'Ask for the verb `create`'],
    [404, 'the server could not find the requested resource', '--context'],
    [400, 'admission webhook "validation.webhook.pipeline.tekton.dev" denied the request', ''],
    [503, 'apiserver not ready', ''],
  ])(
    'says why the API server answers %i, creates nothing twice, and is no success',
    async (code, message, hint) => {
      refusal = { code, message };
      const { status, output, log } = await start();
      expect([status, output]).toEqual([3, '']);
      expect(log).toContain(message);
      expect(log).toContain(hint);
      expect(asked).toHaveLength(1);
    },
  );

  it('creates nothing when anything about the request or the workspace is wrong', async () => {
    expect((await start('--env', 'nowhere')).status).toBe(1);
    expect((await start('--context', 'two')).log).toContain('no context "two"');
    expect(asked).toEqual([]);
  });
});
