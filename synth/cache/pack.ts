import { createHash, randomBytes } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import type { RenderedFile, RenderedUnit } from '../manifest.js';

/** How much is gathered before it is written. */
const chunk = 1 << 20;

/** What a pack holds, kept apart from it. */
export interface PackIndex {
  /** File name. */
  readonly name: string;
  /** Of the whole pack. */
  readonly digest: string;
  /** In the order of the pack. */
  readonly files: readonly (readonly [path: string, bytes: number])[];
}

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

  finish(): PackIndex {
    this.flush();
    closeSync(this.descriptor);
    return { name: this.name, digest: this.digest.digest('hex'), files: this.files };
  }

  /** For when there is nothing to be remembered after all. */
  discard(): void {
    closeSync(this.descriptor);
    rmSync(`${this.folder}/${this.name}`, { force: true });
  }

  private add({ path, text }: RenderedFile): void {
    const bytes = Buffer.from(text);
    this.files.push([path, bytes.length]);
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
export function readPack(folder: string, index: PackIndex): readonly RenderedFile[] | undefined {
  const bytes = readFileSync(`${folder}/${index.name}`);
  if (createHash('sha1').update(bytes).digest('hex') !== index.digest) return undefined;
  let start = 0;
  return index.files.map(([path, length]) => {
    const text = bytes.toString('utf8', start, start + length);
    start += length;
    return { path, text };
  });
}
