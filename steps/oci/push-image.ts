import type { BaseImage } from './base-image.js';
import type { Descriptor } from './documents.js';
import type { ModelImage } from './model-image.js';
import type { RepositoryClient } from './repository-client.js';

export interface ImagePush {
  readonly target: RepositoryClient;
  readonly image: ModelImage;
  /** Where the layers of the base are; undefined: there is none. */
  readonly base: { readonly client: RepositoryClient; readonly image: BaseImage } | undefined;
  readonly layer: { readonly descriptor: Descriptor; readonly content: () => AsyncIterable<Uint8Array> };
  /** Registries may clear away what has no tag. */
  readonly tag: string;
  readonly log: (line: string) => void;
}

/** Pushes an image: first what it is made of, each part only if the registry lacks it. */
export async function pushImage(push: ImagePush): Promise<void> {
  const { target, image, base, layer, tag, log } = push;
  const tagged = await target.pullManifest(tag);
  if (tagged?.digest === image.manifest.digest) {
    log('The registry has the image already.');
    return;
  }
  await pushMissing(target, layer.descriptor, layer.content, log);
  if (base !== undefined) {
    for (const part of base.image.layers) await copyLayer(base.client, target, part, log);
  }
  await pushMissing(target, image.config, () => image.configBytes, log);
  await target.pushManifest(tag, image.manifest.mediaType, image.manifestBytes);
}

export async function pushMissing(
  target: RepositoryClient,
  blob: Descriptor,
  content: () => Buffer | AsyncIterable<Uint8Array>,
  log: (line: string) => void,
): Promise<void> {
  if (await target.hasBlob(blob.digest)) return;
  await target.pushBlob(blob, content);
  log(`Pushed ${blob.digest}, ${blob.size} bytes.`);
}

/** Within a registry a layer is taken over without sending it. */
async function copyLayer(
  source: RepositoryClient,
  target: RepositoryClient,
  layer: Descriptor,
  log: (line: string) => void,
): Promise<void> {
  if (await target.hasBlob(layer.digest)) return;
  const isNear = source.repository.host === target.repository.host;
  if (isNear && (await target.mountBlob(layer.digest, source.repository.name))) {
    log(`Took over ${layer.digest} from ${source.repository.name}.`);
    return;
  }
  await target.pushBlob(layer, () => source.pullBlob(layer));
  log(`Copied ${layer.digest}, ${layer.size} bytes.`);
}
