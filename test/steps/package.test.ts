import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { OutsideError } from '../../gitops/outside-error.js';
import type { KubernetesApi } from '../../steps/kubernetes-api.js';
import { packageModel } from '../../steps/package.js';
import type { RegistryAccess } from '../../steps/oci/session.js';
import { describeWith } from '../real/binaries.js';
import { startRegistry } from '../real/registry.js';
import type { RealRegistry } from '../real/registry.js';
import { makeScratch } from '../real/servers.js';
import { createContext } from './context.js';
import { FakeApi } from './fake-api.js';
import { commit, createVolume, openAccess, packageParams } from './oci/package-fixture.js';

const model = {
  'output/model/model.onnx': 'weights',
  'output/model/config/labels.json': '["hit"]',
  'data/snapshot.json': '{"id": "songs@3"}',
};

describeWith(['registry', 'htpasswd', 'openssl'], 'package', ({ registry: binary }) => {
  const login = { username: 'robot', password: 'p@ss:w/rd' };
  const scratch = makeScratch();
  const api = new FakeApi();
  let registry: RealRegistry;
  let access: RegistryAccess;
  let connection: KubernetesApi;
  let volume: ReturnType<typeof createVolume>;

  beforeAll(async () => {
    registry = await startRegistry({
      binary,
      folder: join(scratch.path, 'registry'),
      credentials: login,
      tls: true,
    });
    connection = await api.start();
    api.putRun('jukebox-test-1', 'Unknown', '2026-11-21T09:00:00Z');
    api.putRun('jukebox-test-2', 'Unknown', '2026-11-22T09:00:00Z');
    access = openAccess(join(scratch.path, 'access'), { ...registry, login });
  });

  beforeEach(() => {
    volume = createVolume(model);
  });

  afterEach(() => {
    volume.remove();
  });

  afterAll(async () => {
    await registry.stop();
    await api.stop();
    scratch.remove();
  });

  async function run(changes: Readonly<Record<string, string>> = {}, registries = access) {
    const context = createContext({ workspace: volume.path, api: connection, registries });
    const params = packageParams({ repository: `${registry.host}/jukebox/model`, ...changes });
    const results = await packageModel.perform(params, context);
    return { results, lines: context.lines };
  }

  /** Asks the registry itself, by a client that is not ours. */
  function pull(path: string): string {
    const certificate = join(scratch.path, 'access/ca.crt');
    const accept = 'accept: application/vnd.oci.image.manifest.v1+json';
    const options = ['--silent', '--fail', '--location', '--cacert', certificate, '--header', accept];
    const user = `${login.username}:${login.password}`;
    return execFileSync('curl', [...options, '--user', user, `https://${registry.host}/v2/${path}`], {
      encoding: 'utf8',
    });
  }

  test('pushes the files under /models, and its digest is what the registry has', async () => {
    const { results } = await run();
    expect(results).toEqual({
      image: `oci://${registry.host}/jukebox/model@${results.MODEL_IMAGE_DIGEST}`,
      files: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      MODEL_IMAGE_URL: `${registry.host}/jukebox/model`,
      MODEL_IMAGE_DIGEST: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
    });
    const manifest = JSON.parse(pull(`jukebox/model/manifests/${results.MODEL_IMAGE_DIGEST}`)) as {
      annotations: Record<string, string>;
      layers: { digest: string }[];
    };
    expect(manifest.annotations).toEqual({
      'org.opencontainers.image.created': '2026-11-21T09:00:00.000Z',
      'org.opencontainers.image.source': 'https://git.example.com/mlops/jukebox.git',
      'org.opencontainers.image.revision': '1234567000000000000000000000000000000000',
      'org.opencontainers.image.title': 'jukebox',
      'dev.driftloop.model': 'jukebox',
      'dev.driftloop.run': 'jukebox-test-1',
      'dev.driftloop.files': results.files,
      'dev.driftloop.data-snapshot': 'songs@3',
    });
    const [layer] = manifest.layers;
    const listed = execFileSync('tar', ['--list', '--verbose', '--numeric-owner', '--utc'], {
      input: pull(`jukebox/model/blobs/${layer?.digest ?? ''}`),
      encoding: 'utf8',
    });
    expect(
      listed
        .trim()
        .split('\n')
        .map((line) => line.replace(/\s+/g, ' ')),
    ).toEqual([
      'drwxr-xr-x 0/0 0 1970-01-01 00:00 models/',
      'drwxr-xr-x 0/0 0 1970-01-01 00:00 models/config/',
      '-rw-r--r-- 0/0 7 1970-01-01 00:00 models/config/labels.json',
      '-rw-r--r-- 0/0 7 1970-01-01 00:00 models/model.onnx',
    ]);
  });

  test('pushes nothing when the registry has it all, whatever the times and modes of the files', async () => {
    const first = await run();
    volume.remove();
    volume = createVolume(Object.fromEntries(Object.entries(model).reverse()));
    utimesSync(join(volume.path, 'output/model/model.onnx'), 1, 1);
    chmodSync(join(volume.path, 'output/model/model.onnx'), 0o700);
    const again = await run();
    expect(again.results).toEqual(first.results);
    expect(again.lines.filter((line) => line.startsWith('Pushed'))).toEqual([]);
  });

  test('another run of the same files is another image with the same layer, which is not sent again', async () => {
    const first = await run();
    const { results, lines } = await run({ run: 'jukebox-test-2' });
    expect(results.files).toBe(first.results.files);
    expect(results.MODEL_IMAGE_DIGEST).not.toBe(first.results.MODEL_IMAGE_DIGEST);
    expect(lines.filter((line) => line.startsWith('Pushed'))).toHaveLength(1);
  });

  test('puts the files on a base, whose layers are taken over within a registry and copied from another', async () => {
    const base = await run({ repository: `${registry.host}/bases/busybox`, run: 'jukebox-test-2' });
    volume.add({ 'output/model/more.bin': 'more' });
    const on = { base: `${registry.host}/bases/busybox@${base.results.MODEL_IMAGE_DIGEST}` };
    const near = await run({ ...on, repository: `${registry.host}/near/model` });
    expect(near.lines).toContain(`Took over ${base.results.files} from bases/busybox.`);
    const other = await startRegistry({ binary, folder: join(scratch.path, 'other') });
    try {
      const far = await run({ ...on, repository: `http://${other.host}/far/model` });
      expect(far.lines).toContainEqual(expect.stringMatching(`Copied ${base.results.files}, `));
      expect(far.results.MODEL_IMAGE_URL).toBe(`${other.host}/far/model`);
      expect(far.results.MODEL_IMAGE_DIGEST).toBe(near.results.MODEL_IMAGE_DIGEST);
    } finally {
      await other.stop();
    }
    const manifest = JSON.parse(pull(`near/model/manifests/${near.results.MODEL_IMAGE_DIGEST}`)) as {
      config: { digest: string };
      layers: { digest: string }[];
    };
    const layers = manifest.layers.map(({ digest }) => digest);
    expect(layers).toEqual([base.results.files, near.results.files]);
    const config = JSON.parse(pull(`near/model/blobs/${manifest.config.digest}`)) as {
      rootfs: { diff_ids: string[] };
    };
    expect(config.rootfs.diff_ids).toEqual(layers);
  });

  test('files that are not those that were scanned are not pushed', async () => {
    const { results } = await run();
    volume.add({ 'output/model/model.onnx': 'other weights' });
    await expect(run({ files: results.files, repository: `${registry.host}/never/model` })).rejects.toThrow(
      /^The files of the model are not those that were scanned: sha256:\w{64}, not sha256:\w{64}\.$/,
    );
    expect(() => pull('never/model/tags/list')).toThrow();
  });

  test('a wrong password, none, or an authority that nobody knows push nothing and say so without the password', async () => {
    const wrong = openAccess(join(scratch.path, 'wrong'), {
      ...registry,
      login: { username: 'robot', password: 'hunter2' },
    });
    await expect(run({}, wrong)).rejects.toThrow(
      new RegExp(`^${registry.host}/jukebox/model did not let the step pull the manifest .* \\(401\\)`),
    );
    await expect(run({}, openAccess(join(scratch.path, 'none'), registry))).rejects.toThrow(
      `${registry.host} asks for a user name and a password, and the step has none for it.`,
    );
    await expect(
      run({}, openAccess(join(scratch.path, 'stranger'), { host: registry.host, login })),
    ).rejects.toThrow(`${registry.host} cannot be reached: self-signed certificate`);
  });

  test('nothing is sent without TLS unless the reference says so', async () => {
    const plain = await startRegistry({ binary, folder: join(scratch.path, 'plain') });
    try {
      await expect(run({ repository: `${plain.host}/jukebox/model` })).rejects.toThrow(OutsideError);
      const { results } = await run({ repository: `http://${plain.host}/jukebox/model` });
      expect(results.image).toBe(`oci://${plain.host}/jukebox/model@${results.MODEL_IMAGE_DIGEST}`);
    } finally {
      await plain.stop();
    }
    await expect(run({ repository: `http://${plain.host}/jukebox/model` })).rejects.toThrow(
      `${plain.host} cannot be reached: connect ECONNREFUSED`,
    );
  });

  test('a training that pushed the model itself left nothing to package', async () => {
    rmSync(join(volume.path, 'output/model'), { recursive: true });
    volume.add({ 'output/model.json': '{}' });
    await expect(run()).rejects.toThrow('Training left no folder model in its output folder');
  });

  test('what foreign code put in the way of the report is replaced, and never followed', async () => {
    mkdirSync(join(volume.path, 'report'));
    symlinkSync(join(volume.path, 'output/model/model.onnx'), join(volume.path, 'report/provenance.json'));
    const { results } = await run();
    const provenance = JSON.parse(
      readFileSync(join(volume.path, 'report/provenance.json'), 'utf8'),
    ) as object;
    expect(provenance).toMatchObject({
      buildDefinition: {
        resolvedDependencies: [
          { uri: 'git+https://git.example.com/mlops/jukebox.git', digest: { gitCommit: commit } },
          { name: 'data', annotations: { snapshot: 'songs@3' } },
        ],
      },
      runDetails: { byproducts: [{ digest: { sha256: results.MODEL_IMAGE_DIGEST.slice(7) } }] },
    });
    expect(readFileSync(join(volume.path, 'output/model/model.onnx'), 'utf8')).toBe('weights');
  });

  test.each(['{"id": "a\\nb"}', '{"id": 3}', '[]', 'no JSON', `{"id": "${'x'.repeat(201)}"}`])(
    'a snapshot that cannot be a label fails: %s',
    async (text) => {
      volume.add({ 'data/snapshot.json': text });
      await expect(run()).rejects.toThrow('snapshot.json must be {"id": "…"}');
    },
  );
});
