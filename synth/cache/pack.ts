import { createHash, randomBytes } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import type { RenderedFile, RenderedUnit } from '../manifest.js';

/** How much is gathered before it is written. */
const chunk = 1 << 20;

/** What has to be known to read a pack. */
export interface PackReference {
  /** File name. */
  readonly name: string;
  /** Of the whole pack. */
  readonly digest: string;
  /** Bytes of its end, where the files are listed: whoever finds that nothing is to be done does not read it. */
  readonly index: number;
}

/** In the order of the pack. */
type PackIndex = readonly (readonly [path: string, bytes: number])[];

/** All files of a synthesis in one, because ten thousand copies would take as long as making them anew. */
export class PackWriter {
  readonly name = `${randomBytes(8).toString('hex')}.pack`;
  private readonly files: (readonly [string, number])[] = [];
  private readonly digest: Hash = createHash('sha1');
  private readonly descriptor: number;
  private pending: Buffer[] = [];
  private size = 0;

  constructor(private readonly folder: string) {
    this.descriptor = openSync(`${folder}/${this.name}`, 'wx');
  }

  /** Hands the units on, and keeps their files. */
  *record(units: Iterable<RenderedUnit>): Generator<RenderedUnit> {
    for (const { unit, manifests, files } of units) {
      for (const file of files) this.add(file);
      yield { unit, manifests, files };
    }
  }

  finish(): PackReference {
    const index = Buffer.from(JSON.stringify(this.files satisfies PackIndex));
    this.append(index);
    this.flush();
    closeSync(this.descriptor);
    return { name: this.name, digest: this.digest.digest('hex'), index: index.length };
  }

  /** For when there is nothing to be remembered after all. */
  discard(): void {
    closeSync(this.descriptor);
    rmSync(`${this.folder}/${this.name}`, { force: true });
  }

  private add({ path, text }: RenderedFile): void {
    const bytes = Buffer.from(text);
    this.files.push([path, bytes.length]);
    this.append(bytes);
  }

  private append(bytes: Buffer): void {
    this.pending.push(bytes);
    this.size += bytes.length;
    if (this.size >= chunk) this.flush();
  }

  private flush(): void {
    const bytes = Buffer.concat(this.pending);
    this.digest.update(bytes);
    for (let written = 0; written < bytes.length;) written += writeSync(this.descriptor, bytes, written);
    this.pending = [];
    this.size = 0;
  }
}

/** The files of a pack; undefined: it is not what was written. */
export function readPack(folder: string, pack: PackReference): readonly RenderedFile[] | undefined {
  const bytes = readFileSync(`${folder}/${pack.name}`);
  if (createHash('sha1').update(bytes).digest('hex') !== pack.digest) return undefined;
  const index = JSON.parse(bytes.toString('utf8', bytes.length - pack.index)) as PackIndex; // The digest says that we wrote it.
  let start = 0;
  return index.map(([path, length]) => {
    const text = bytes.toString('utf8', start, start + length);
    start += length;
    return { path, text };
  });
}
