import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sbom as contract } from '../../charts/tasks/sbom.js';
import type { KubernetesApi } from '../../steps/kubernetes-api.js';
import type { RegistryAccess } from '../../steps/oci/session.js';
import { packageModel } from '../../steps/package.js';
import { sbom } from '../../steps/sbom.js';
import { sealModel } from '../../steps/seal-model.js';
import { describeWith } from '../real/binaries.js';
import { startRegistry } from '../real/registry.js';
import type { RealRegistry } from '../real/registry.js';
import { makeScratch } from '../real/servers.js';
import { createContext } from './context.js';
import { FakeApi } from './fake-api.js';
import { createVolume, openAccess, packageParams } from './oci/package-fixture.js';

interface Spdx {
  spdxVersion: string;
  packages: { name: string; versionInfo: string; packageVerificationCode?: object }[];
  files: { SPDXID: string; fileName: string; comment: string; checksums: object[] }[];
  relationships: { spdxElementId: string; relationshipType: string; relatedSpdxElement: string }[];
}

describeWith(['registry'], 'sbom', ({ registry: binary }) => {
  const scratch = makeScratch();
  const api = new FakeApi();
  let registry: RealRegistry;
  let access: RegistryAccess;
  let connection: KubernetesApi;
  let volume: ReturnType<typeof createVolume>;

  beforeAll(async () => {
    registry = await startRegistry({ binary, folder: join(scratch.path, 'registry') });
    access = openAccess(join(scratch.path, 'access'), registry);
    connection = await api.start();
    api.putRun('jukebox-test-1', 'Unknown', '2026-11-21T09:00:00Z');
  });

  beforeEach(() => {
    volume = createVolume({
      'output/model/model.onnx': 'weights',
      'source/requirements.txt':
        'scikit-learn==1.5.2 # pinned\nnumpy>=1\nOnnx_Runtime[gpu] == 1.20.1\n-r other\n',
    });
  });

  afterEach(() => {
    volume.remove();
  });

  afterAll(async () => {
    await registry.stop();
    await api.stop();
    scratch.remove();
  });

  const repository = () => `http://${registry.host}/jukebox/model`;
  const context = () => createContext({ workspace: volume.path, api: connection, registries: access });
  const pack = () => packageModel.perform(packageParams({ repository: repository() }), context());

  function list(digest: string, files: string) {
    const params = { model: 'jukebox', run: 'jukebox-test-1', repository: repository(), digest, files };
    return sbom.perform(contract.params.parse(params), context());
  }

  async function ask(path: string): Promise<Record<string, unknown>> {
    const accept = 'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json';
    const answer = await fetch(`http://${registry.host}/v2/jukebox/model/${path}`, { headers: { accept } });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Record<string, unknown>;
  }

  test('lists each file by digest and size, and what the source pins', async () => {
    const { MODEL_IMAGE_DIGEST: digest, files } = await pack();
    await list(digest, files);
    const spdx = JSON.parse(readFileSync(join(volume.path, 'report/sbom.spdx.json'), 'utf8')) as Spdx;
    expect(spdx.spdxVersion).toBe('SPDX-2.3');
    expect(spdx.packages.map(({ name, versionInfo }) => [name, versionInfo])).toEqual([
      ['jukebox', digest],
      ['scikit-learn', '1.5.2'],
      ['onnx-runtime', '1.20.1'],
    ]);
    expect(spdx.files).toMatchObject([{ fileName: './models/model.onnx', comment: '7 bytes' }]);
    const known = new Set(
      [...Object.values(spdx.files), { SPDXID: 'SPDXRef-Image' }].map(({ SPDXID }) => SPDXID),
    );
    for (const { spdxElementId, relationshipType, relatedSpdxElement } of spdx.relationships) {
      if (relationshipType === 'CONTAINS')
        expect([spdxElementId, relatedSpdxElement].every((id) => known.has(id))).toBe(true);
    }
  });

  test('stands beside the image for a registry that keeps no referrers, once, and leaves entries of others alone', async () => {
    const { MODEL_IMAGE_DIGEST: digest, files } = await pack();
    const first = await list(digest, files);
    const again = await list(digest, files);
    expect(again).toEqual(first);
    const index = await ask(`manifests/${digest.replace(':', '-')}`);
    const pushed = first.sbom.split('@')[1] ?? '';
    expect(index.manifests).toMatchObject([{ digest: pushed, artifactType: 'application/spdx+json' }]);
    const manifest = await ask(`manifests/${pushed}`);
    expect(manifest).toMatchObject({ subject: { digest }, artifactType: 'application/spdx+json' });
    volume.add({ 'source/requirements.txt': 'numpy==2.0.0' });
    await list(digest, files);
    const longer = await ask(`manifests/${digest.replace(':', '-')}`);
    expect(longer.manifests).toHaveLength(2);
  });

  test('of files that are not those of the image is refused, and so is one of an image that is not there', async () => {
    const { MODEL_IMAGE_DIGEST: digest, files } = await pack();
    await expect(list(`sha256:${'0'.repeat(64)}`, files)).rejects.toThrow('There is no image');
    volume.add({ 'output/model/model.onnx': 'others' });
    await expect(list(digest, files)).rejects.toThrow('The files of the model are not those of the image');
  });

  test('what is sealed before a scan is what is packaged', async () => {
    const sealed = await sealModel.perform({}, createContext({ workspace: volume.path }));
    expect((await pack()).files).toBe(sealed.files);
  });
});
