// As much of the OCI distribution API as a model of one file needs, without credentials.
// https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** The artifact of a model: its blobs, and the manifest whose digest names it. */
export function packModel(model, annotations) {
  const config = describe('application/vnd.oci.empty.v1+json', Buffer.from('{}'));
  const layer = describe('application/json', Buffer.from(JSON.stringify(model)));
  const manifest = describe(
    manifestType,
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: manifestType,
        artifactType: 'application/vnd.driftloop.jukebox.model.v1+json',
        config: config.descriptor,
        layers: [layer.descriptor],
        annotations,
      }),
    ),
  );
  return { manifest, blobs: [config, layer] };
}

/** Uploads blobs and manifest; what the registry has already it takes again without harm. */
export async function pushModel(registry, name, { manifest, blobs }) {
  for (const { descriptor, bytes } of blobs) {
    const start = await request(`${registry}/v2/${name}/blobs/uploads/`, { method: 'POST' });
    const place = new URL(start.headers.get('location'), registry);
    place.searchParams.set('digest', descriptor.digest);
    const headers = { 'content-type': 'application/octet-stream' };
    await request(place, { method: 'PUT', headers, body: bytes });
  }
  await request(`${registry}/v2/${name}/manifests/${manifest.descriptor.digest}`, {
    method: 'PUT',
    headers: { 'content-type': manifestType },
    body: manifest.bytes,
  });
}

/** Downloads a model and holds every byte of it against its digest. */
export async function pullModel(registry, name, digest) {
  const headers = { accept: manifestType };
  const manifest = JSON.parse(
    await fetchChecked(`${registry}/v2/${name}/manifests/${digest}`, digest, { headers }),
  );
  const [layer] = manifest.layers;
  return JSON.parse(await fetchChecked(`${registry}/v2/${name}/blobs/${layer.digest}`, layer.digest, {}));
}

/** The same artifact as a folder, for where there is no registry. */
export async function writeLayout(folder, { manifest, blobs }) {
  await mkdir(join(folder, 'blobs/sha256'), { recursive: true });
  for (const { descriptor, bytes } of [manifest, ...blobs]) {
    await writeFile(join(folder, 'blobs', descriptor.digest.replace(':', '/')), bytes);
  }
  await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  const index = { schemaVersion: 2, manifests: [manifest.descriptor] };
  await writeFile(join(folder, 'index.json'), JSON.stringify(index));
}

function describe(mediaType, bytes) {
  return { bytes, descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length } };
}

function digestOf(bytes) {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function fetchChecked(url, digest, options) {
  const bytes = Buffer.from(await (await request(url, options)).arrayBuffer());
  if (digestOf(bytes) !== digest) throw new Error(`${url} is not what its digest promises`);
  return bytes.toString('utf8');
}

async function request(url, options) {
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(30_000) });
  if (!response.ok)
    throw new Error(`${options.method ?? 'GET'} ${url}: ${response.status} ${await response.text()}`);
  return response;
}
