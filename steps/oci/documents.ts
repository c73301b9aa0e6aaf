import { z } from 'zod';
import { digestPattern } from './digest.js';

/** Media types of what a registry holds. */
export const mediaTypes = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  empty: 'application/vnd.oci.empty.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
} as const;

/** The empty document that stands in for a configuration in what is no image. */
export const emptyDocument = Buffer.from('{}');

const annotations = z.record(z.string(), z.string());

const descriptorSchema = z.looseObject({
  mediaType: z.string(),
  digest: z.string().regex(digestPattern),
  size: z.int().min(0),
  platform: z.looseObject({ architecture: z.string(), os: z.string() }).optional(),
  annotations: annotations.optional(),
});

/** What one document says of another, or of a blob. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export const manifestSchema = z.looseObject({
  schemaVersion: z.literal(2),
  config: descriptorSchema,
  layers: z.array(descriptorSchema),
});

export const indexSchema = z.looseObject({
  schemaVersion: z.literal(2),
  manifests: z.array(descriptorSchema),
});

export const configSchema = z.looseObject({
  architecture: z.string(),
  os: z.string(),
  config: z.looseObject({ Labels: annotations.nullish() }).nullish(),
  rootfs: z.looseObject({ diff_ids: z.array(z.string().regex(digestPattern)) }),
  history: z.array(z.looseObject({})).nullish(),
});

/** What a manifest says of a blob in memory. */
export function describe(mediaType: string, bytes: Uint8Array, digest: string): Descriptor {
  return { mediaType, digest, size: bytes.length };
}

/** Equal contents give equal bytes. */
export function encode(document: object): Buffer {
  return Buffer.from(JSON.stringify(document));
}
