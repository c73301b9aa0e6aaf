import type { BaseImage } from './base-image.js';
import { digestOf } from './digest.js';
import { describe, encode, mediaTypes } from './documents.js';
import type { Descriptor } from './documents.js';

/** An image and what it is made of. */
export interface ModelImage {
  readonly manifest: Descriptor;
  readonly manifestBytes: Buffer;
  readonly config: Descriptor;
  readonly configBytes: Buffer;
}

export interface ModelImageParts {
  readonly base: BaseImage;
  readonly layer: Descriptor;
  /** When the image is said to be made: equal for every attempt of a run. */
  readonly created: Date;
  /** Labels of the image, and annotations of its manifest. */
  readonly labels: Readonly<Record<string, string>>;
}

/** An image of a base and one more layer; equal parts make equal bytes. */
export function describeModelImage({ base, layer, created, labels }: ModelImageParts): ModelImage {
  const time = created.toISOString();
  const { config: settings, rootfs, history, ...platform } = base.config;
  const configBytes = encode({
    ...platform,
    created: time,
    config: { ...settings, Labels: { ...settings?.Labels, ...labels } },
    // Not compressed, so its digest is also that of its content.
    rootfs: { ...rootfs, diff_ids: [...rootfs.diff_ids, layer.digest] },
    history: [...(history ?? []), { created: time, created_by: 'driftloop package' }],
  });
  const config = describe(mediaTypes.config, configBytes, digestOf(configBytes));
  const manifestBytes = encode({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config,
    layers: [...base.layers, layer],
    annotations: labels,
  });
  const manifest = describe(mediaTypes.manifest, manifestBytes, digestOf(manifestBytes));
  return { manifest, manifestBytes, config, configBytes };
}
