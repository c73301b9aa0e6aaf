import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack as createPack } from 'tar-stream';
import type { Pack } from 'tar-stream';
import type { ModelEntry, ModelFiles } from './model-files.js';
import { hasErrorCode } from '../synth/error-code.js';
import { StepFailure } from './step-failure.js';

/** Where KServe looks for a model in its image. */
export const modelFolder = 'models';

/** What the layer says of every file alike, so that equal files make equal bytes. */
const fixed = { uid: 0, gid: 0, mtime: new Date(0) } as const;
const modes = { folder: 0o755, file: 0o644 } as const;

/** Read at once; several are in memory at a time. */
const chunkSize = 512 * 1024;

/** A file of a model, by what is in it. */
export interface HashedFile {
  readonly path: string;
  readonly size: number;
  /** SHA-256 and SHA-1 as hexadecimal digits; SPDX asks for the second. */
  readonly sha256: string;
  readonly sha1: string;
}

export interface MeasuredLayer {
  readonly digest: string;
  readonly size: number;
}

/** Who wants to know what is in each file; hashing all of them again takes time. */
type FileListener = (file: HashedFile) => void;

/** The layer of an image with the files of a model below `/models`: an uncompressed tar, so no library decides its bytes. */
export async function* packLayer(model: ModelFiles, onFile?: FileListener): AsyncGenerator<Uint8Array> {
  const pack = createPack();
  const filled = fill(pack, model, onFile).catch((error: unknown) => {
    pack.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    // Its types do not say that a tar is made of bytes.
    for await (const chunk of pack) yield chunk as Uint8Array;
  } finally {
    pack.destroy();
    await filled;
  }
}

/** Digest and size of the layer: what identifies the files that ship, with their names. */
export async function measureLayer(model: ModelFiles, onFile?: FileListener): Promise<MeasuredLayer> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of packLayer(model, onFile)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { digest: `sha256:${hash.digest('hex')}`, size };
}

async function fill(pack: Pack, { root, entries }: ModelFiles, onFile?: FileListener): Promise<void> {
  await addFolder(pack, modelFolder);
  for (const entry of entries) {
    if (entry.kind === 'folder') await addFolder(pack, `${modelFolder}/${entry.path}`);
    else await addFile(pack, root, entry, onFile);
  }
  pack.finalize();
}

function addFolder(pack: Pack, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    pack.entry({ ...fixed, name: `${name}/`, type: 'directory', mode: modes.folder }, (error) => {
      if (error == null) resolve();
      else reject(error);
    });
  });
}

async function addFile(
  pack: Pack,
  root: string,
  { path, size }: ModelEntry & { kind: 'file' },
  onFile?: FileListener,
): Promise<void> {
  const entry = pack.entry({ ...fixed, name: `${modelFolder}/${path}`, size, mode: modes.file });
  if (onFile === undefined) return pipeline(readFile(root, path, size, []), entry);
  const [sha256, sha1] = [createHash('sha256'), createHash('sha1')];
  await pipeline(readFile(root, path, size, [sha256, sha1]), entry);
  onFile({ path, size, sha256: sha256.digest('hex'), sha1: sha1.digest('hex') });
}

/** As many bytes as the file had when it was listed. Nothing else waits for this process, so it need not read in the background. */
function* readFile(root: string, path: string, size: number, hashes: readonly Hash[]): Generator<Uint8Array> {
  const file = openFile(root, path);
  try {
    const found = fstatSync(file);
    if (!found.isFile() || found.size !== size) throw hasChanged(path);
    for (let position = 0; position < size;) {
      const buffer = Buffer.allocUnsafe(Math.min(chunkSize, size - position));
      const length = readSync(file, buffer, 0, buffer.length, position);
      if (length === 0) throw hasChanged(path);
      const chunk = buffer.subarray(0, length);
      for (const hash of hashes) hash.update(chunk);
      position += length;
      yield chunk;
    }
  } finally {
    closeSync(file);
  }
}

function openFile(root: string, path: string): number {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    return openSync(join(root, path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    throw hasErrorCode(error, 'ENOENT', 'ELOOP', 'ENXIO') ? hasChanged(path) : error;
  }
}

function hasChanged(path: string): StepFailure {
  return new StepFailure(`${JSON.stringify(path)} in the folder of the model changed while it was read.`);
}
