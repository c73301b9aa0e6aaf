import type { z } from 'zod';
import { StepFailure } from '../step-failure.js';
import { digestOf } from './digest.js';
import { describe, emptyDocument, encode, indexSchema, mediaTypes } from './documents.js';
import type { Descriptor } from './documents.js';
import { parseJson } from './http.js';
import { pushMissing } from './push-image.js';
import { formatRepository } from './reference.js';
import type { RepositoryClient } from './repository-client.js';

export interface Referrer {
  /** Digest of the image that it is about. */
  readonly subject: string;
  readonly artifactType: string;
  readonly content: Buffer;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * Pushes a document beside the image it is about (OCI 1.1), and returns its digest. A registry that keeps no referrers
 * gets a list of them under the tag that the specification gives.
 */
export async function pushReferrer(
  client: RepositoryClient,
  { subject, artifactType, content, annotations }: Referrer,
  log: (line: string) => void,
): Promise<string> {
  const image = await client.pullManifest(subject);
  if (image === undefined) {
    throw new StepFailure(`There is no image ${formatRepository(client.repository)}@${subject}.`);
  }
  const config = describe(mediaTypes.empty, emptyDocument, digestOf(emptyDocument));
  const layer = describe(artifactType, content, digestOf(content));
  await pushMissing(client, config, () => emptyDocument, log);
  await pushMissing(client, layer, () => content, log);
  const bytes = encode({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    artifactType,
    config,
    layers: [layer],
    subject: describe(image.mediaType, image.bytes, subject),
    annotations,
  });
  const manifest = { ...describe(mediaTypes.manifest, bytes, digestOf(bytes)), artifactType, annotations };
  const isKept = await client.pushManifest(manifest.digest, manifest.mediaType, bytes);
  if (!isKept) await listReferrer(client, subject, manifest);
  return manifest.digest;
}

/** Entries of others, such as signatures, stay. */
async function listReferrer(client: RepositoryClient, subject: string, manifest: Descriptor): Promise<void> {
  const tag = subject.replace(':', '-');
  const found = await client.pullManifest(tag);
  const listed = found === undefined ? [] : readIndex(found.bytes, tag);
  if (listed.some(({ digest }) => digest === manifest.digest)) return;
  const bytes = encode({
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: [...listed, manifest],
  });
  await client.pushManifest(tag, mediaTypes.index, bytes);
}

function readIndex(bytes: Buffer, tag: string): z.output<typeof indexSchema>['manifests'] {
  const index = indexSchema.safeParse(parseJson(bytes));
  if (index.success) return index.data.manifests;
  throw new StepFailure(`The tag ${tag} should list what refers to an image, and is something else.`);
}
