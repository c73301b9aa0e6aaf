import type { z } from 'zod';
import { StepFailure } from '../step-failure.js';
import { configSchema, indexSchema, manifestSchema, mediaTypes } from './documents.js';
import type { Descriptor } from './documents.js';
import { documentLimit, parseJson, readBytes } from './http.js';
import { formatRepository } from './reference.js';
import type { Document, RepositoryClient } from './repository-client.js';

/** What a model's files are put on. */
export interface BaseImage {
  readonly layers: readonly Descriptor[];
  readonly config: z.output<typeof configSchema>;
}

/** Files alone, without a program. */
export const scratch: BaseImage = {
  layers: [],
  config: { architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] } },
};

/** Of the images an index names, the one for this platform is taken. */
const platform = { os: 'linux', architecture: 'amd64' } as const;

/** Docker's names of what OCI has taken over from it. */
const ociTypes: Readonly<Record<string, string>> = {
  'application/vnd.docker.image.rootfs.diff.tar': mediaTypes.layer,
  'application/vnd.docker.image.rootfs.diff.tar.gzip': `${mediaTypes.layer}+gzip`,
  'application/vnd.docker.image.rootfs.diff.tar.zstd': `${mediaTypes.layer}+zstd`,
};

export async function readBaseImage(client: RepositoryClient, digest: string): Promise<BaseImage> {
  const name = `${formatRepository(client.repository)}@${digest}`;
  const manifest = await readManifest(client, digest, name);
  const bytes = await readBytes(client.pullBlob(manifest.config), documentLimit);
  const config = configSchema.safeParse(parseJson(bytes));
  if (!config.success || config.data.rootfs.diff_ids.length !== manifest.layers.length) {
    throw new StepFailure(`The base ${name} is no image of containers.`);
  }
  return { config: config.data, layers: manifest.layers.map((layer) => describeLayer(layer, name)) };
}

async function readManifest(client: RepositoryClient, digest: string, name: string) {
  const document = demandDocument(await client.pullManifest(digest), name);
  const index = indexSchema.safeParse(parseJson(document.bytes));
  const own = index.success
    ? demandDocument(await client.pullManifest(choosePlatform(index.data, name)), name)
    : document;
  const manifest = manifestSchema.safeParse(parseJson(own.bytes));
  if (!manifest.success) throw new StepFailure(`The base ${name} is no image of containers.`);
  return manifest.data;
}

function demandDocument(document: Document | undefined, name: string): Document {
  if (document === undefined) throw new StepFailure(`There is no base ${name}.`);
  return document;
}

function choosePlatform({ manifests }: z.output<typeof indexSchema>, name: string): string {
  const found = manifests.find(
    (manifest) =>
      manifest.platform?.os === platform.os && manifest.platform.architecture === platform.architecture,
  );
  if (found !== undefined) return found.digest;
  throw new StepFailure(`The base ${name} has no image for ${platform.os}/${platform.architecture}.`);
}

function describeLayer(layer: Pick<Descriptor, 'mediaType' | 'digest' | 'size'>, name: string): Descriptor {
  const mediaType = ociTypes[layer.mediaType] ?? layer.mediaType;
  if (mediaType.startsWith(mediaTypes.layer)) return { mediaType, digest: layer.digest, size: layer.size };
  throw new StepFailure(
    `The base ${name} has a layer of type ${JSON.stringify(mediaType.slice(0, 100))}, which cannot be pushed elsewhere.`,
  );
}
