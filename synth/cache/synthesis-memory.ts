import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Problem } from '../../problems/problem.js';
import type { RenderedFile } from '../manifest.js';
import { fingerprintTree } from './fingerprint.js';
import { PackWriter, readPack } from './pack.js';
import type { PackReference } from './pack.js';

/** What the result of a synthesis depends on, besides the files of the workspace. */
export interface MemoryRequest {
  /** Which program renders. */
  readonly generator: string;
  /** Absolute; the memory is kept below it, in .driftloop/cache/. */
  readonly workspace: string;
  /** Absolute; another folder that is read. */
  readonly releases: string | undefined;
  /** Absolute. */
  readonly output: string;
  /** Anything else, as JSON. */
  readonly options: unknown;
}

/** A synthesis that ended well. */
export interface Remembered {
  /** Warnings, with their positions. */
  readonly problems: readonly Problem[];
  /** How many were written. */
  readonly files: number;
}

interface Entry extends Remembered {
  readonly request: string;
  readonly inputs: { readonly stats: string; readonly content: string };
  /** Digest of the output's stats as it was left. */
  readonly output: string;
  readonly pack: PackReference;
}

/** Folders that nothing is read from. */
const unread = ['.git', '.driftloop', 'node_modules'];
/** A workspace with more files is not worth walking through. */
const maximumFiles = 20_000;

/**
 * Remembers what came of the last synthesis, so that nothing has to be done when no file has changed since. It never
 * answers otherwise than a new rendering would: it is believed only when every file of the workspace is as it was, by
 * size, times and inode, or else by content, and when the same program asks the same. What is damaged counts as absent.
 */
export class SynthesisMemory {
  private readonly folder: string;
  private readonly key: string;
  private readonly inputs: Inputs | undefined;
  private isPlaced = false;

  constructor(private readonly request: MemoryRequest) {
    this.folder = join(request.workspace, '.driftloop/cache');
    this.key = digestOf(JSON.stringify(['2', request]));
    this.inputs = readInputs(request);
  }

  /** undefined: something may have changed. */
  recall(): Entry | undefined {
    const entry = this.readEntry();
    if (entry === undefined || this.inputs === undefined) return undefined;
    if (entry.inputs.stats === this.inputs.stats) return entry;
    // Touched, cloned or restored by a CI system: the content decides.
    return entry.inputs.content === this.inputs.readContent() ? entry : undefined;
  }

  /** Is the output as the synthesis left it? */
  isInPlace(entry: Entry): boolean {
    this.isPlaced = entry.output === fingerprintTree(this.request.output)?.stats;
    return this.isPlaced;
  }

  /** All files of the synthesis; undefined: they are lost. */
  readFiles(entry: Entry): readonly RenderedFile[] | undefined {
    return attempt(() => readPack(this.folder, entry.pack));
  }

  /** Starts to keep what is written; undefined: there is no place, or no way to tell what it will be made of. */
  startPack(): PackWriter | undefined {
    if (this.inputs === undefined || this.inputs.isYoung) return undefined;
    return attempt(() => {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(join(this.folder, '.gitignore'), '*\n');
      return new PackWriter(this.folder);
    });
  }

  /** Call it when everything is written and nothing was wrong. */
  remember(result: Remembered, pack: PackReference): void {
    const content = this.inputs?.readContent();
    const now = readInputs(this.request);
    // Somebody wrote while we read: what was rendered is of neither state.
    if (now === undefined || now.stats !== this.inputs?.stats || content === undefined) return;
    this.save({ ...result, pack, content, stats: now.stats });
  }

  /** Makes the next look quicker, when inputs were told by their content, or the output was put in place. */
  renew(entry: Entry): void {
    if (this.inputs === undefined || this.inputs.isYoung) return;
    const { stats } = this.inputs;
    if (stats === entry.inputs.stats && this.isPlaced) return;
    this.save({ ...entry, content: entry.inputs.content, stats });
  }

  private save(result: Remembered & { pack: PackReference; content: string; stats: string }): void {
    const output = fingerprintTree(this.request.output)?.stats;
    if (output === undefined) return;
    const { problems, files, pack, content, stats } = result;
    const entry: Entry = { request: this.key, problems, files, inputs: { stats, content }, output, pack };
    attempt(() => {
      const text = JSON.stringify(entry);
      const temporary = join(this.folder, `${randomBytes(8).toString('hex')}.tmp`);
      writeFileSync(temporary, `${digestOf(text)}\n${text}`, { flag: 'wx' });
      renameSync(temporary, join(this.folder, entryFile));
      removeOthers(this.folder, pack.name);
    });
  }

  private readEntry(): Entry | undefined {
    return attempt(() => {
      const file = readFileSync(join(this.folder, entryFile), 'utf8');
      const text = file.slice(file.indexOf('\n') + 1);
      if (!file.startsWith(`${digestOf(text)}\n`)) return undefined;
      const entry = JSON.parse(text) as Entry; // We wrote it: the digest says so.
      return entry.request === this.key ? entry : undefined;
    });
  }
}

const entryFile = 'synthesis.json';

interface Inputs {
  readonly stats: string;
  readonly isYoung: boolean;
  readContent(): string | undefined;
}

/** undefined: what is read cannot be told by its files. */
function readInputs({ workspace, releases, output }: MemoryRequest): Inputs | undefined {
  const skipped = new Set([...unread, relative(workspace, output)]);
  const folders = releases === undefined ? [workspace] : [workspace, releases];
  const found = folders.map((folder) => fingerprintTree(folder, { skipped, maximum: maximumFiles }));
  const trees = found.filter((tree) => tree !== undefined);
  if (trees.length < found.length) return undefined;
  return {
    stats: trees.map(({ stats }) => stats).join(),
    isYoung: trees.some(({ isYoung }) => isYoung),
    readContent() {
      const contents = trees.map((tree) => tree.readContent());
      return contents.includes(undefined) ? undefined : contents.join();
    },
  };
}

/** Other runs may be writing their packs at this moment; what is older was left behind. */
const patience = 600_000;

function removeOthers(folder: string, pack: string): void {
  for (const name of readdirSync(folder)) {
    if (name === pack || name === entryFile || name.startsWith('.')) continue;
    const path = join(folder, name);
    if (statSync(path).mtimeMs < Date.now() - patience) rmSync(path, { force: true });
  }
}

function digestOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** A memory that cannot be read or written is none: the disk is full, the folder is somebody else's or read-only. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'syscall' in error) return undefined;
    throw error;
  }
}
