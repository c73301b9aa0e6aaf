import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import { Times } from './youth.js';

/** A tree of files at one moment. */
export interface Fingerprint {
  /** Digest of names, sizes, times and inodes: equal means that nobody has touched a file. */
  readonly stats: string;
  /** Has something been written so lately that a further write could leave size and time as they are? */
  readonly isYoung: boolean;
  /** Digest of names and contents, read when it is called; undefined: something cannot be read. */
  readContent(): string | undefined;
}

export interface FingerprintOptions {
  /** Paths below the root that do not count. */
  readonly skipped?: ReadonlySet<string>;
  /** @default - every tree is looked at, whatever its size */
  readonly maximum?: number;
}

/** undefined: the tree is not there, is too large, or holds what cannot be told by its files. */
export function fingerprintTree(root: string, options: FingerprintOptions = {}): Fingerprint | undefined {
  const walk = new Walk(root, options);
  if (!walk.visit('')) return undefined;
  return {
    stats: walk.digest.digest('hex'),
    isYoung: walk.times.youngest > Date.now() - walk.times.youth,
    readContent: () => digestContents(root, walk.files, walk.others),
  };
}

class Walk {
  readonly digest = createHash('sha1');
  readonly files: string[] = [];
  /** Folders and what is neither file nor folder: their names alone make a difference. */
  readonly others: string[] = [];
  readonly times = new Times();

  constructor(
    private readonly root: string,
    private readonly options: FingerprintOptions,
  ) {}

  /** False when the walk has to be given up. */
  visit(folder: string): boolean {
    const entries = list(`${this.root}/${folder}`);
    if (entries === undefined) return false;
    let text = `${folder}\n`;
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (this.options.skipped?.has(path) === true) continue;
      if (this.files.length + this.others.length >= (this.options.maximum ?? Infinity)) return false;
      if (entry.isDirectory()) {
        this.others.push(path);
        if (!this.visit(path)) return false;
        continue;
      }
      const stats = statSync(`${this.root}/${path}`, { throwIfNoEntry: false });
      // A folder behind a link may hold anything, and may lead back.
      if (stats?.isDirectory() === true) return false;
      text += this.describe(path, entry, stats);
    }
    this.digest.update(text);
    return true;
  }

  private describe(path: string, entry: Dirent, stats: Stats | undefined): string {
    if (stats?.isFile() !== true) {
      this.others.push(path);
      return `${entry.name} is no file\n`;
    }
    this.files.push(path);
    this.times.add(stats.ctimeMs);
    return `${entry.name} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}\n`;
  }
}

function list(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Whatever the reason is, somebody who needs the folder will say it in better words.
    return undefined;
  }
}

function digestContents(
  root: string,
  files: readonly string[],
  others: readonly string[],
): string | undefined {
  const digest = createHash('sha1').update(JSON.stringify([files, others]));
  try {
    for (const file of files) {
      const bytes = readFileSync(`${root}/${file}`);
      digest.update(`${bytes.length}\n`).update(bytes);
    }
  } catch {
    return undefined; // As above.
  }
  return digest.digest('hex');
}
