import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fingerprintTree } from './fingerprint.js';

/** Where files are read and written. */
export interface Places {
  /** Absolute; the memory is kept below it, in .driftloop/cache/. */
  readonly workspace: string;
  /** Absolute; another folder whose releases/ is read. */
  readonly releases: string | undefined;
  /** Absolute. */
  readonly output: string;
}

/** All files that may be read, at one moment. */
export interface Inputs {
  readonly stats: string;
  readonly isYoung: boolean;
  readContent(): string | undefined;
}

/** Folders that nothing is read from. */
const unread = ['.git', '.driftloop', 'node_modules'];
/** A workspace with more files is not worth walking through. */
const maximumFiles = 20_000;

/** undefined: what is read cannot be told by its files. */
export function readInputs({ workspace, releases, output }: Places): Inputs | undefined {
  const skipped = new Set([...unread, relative(workspace, output)]);
  // A GitOps repository holds tens of thousands of other files.
  const recorded = releases === undefined ? [] : [releases, join(releases, 'releases')].filter(existsSync);
  const found = [
    fingerprintTree(workspace, { skipped, maximum: maximumFiles }),
    ...recorded.slice(1).map((folder) => fingerprintTree(folder, { maximum: maximumFiles })),
  ];
  const trees = found.filter((tree) => tree !== undefined);
  if (trees.length < found.length) return undefined;
  return {
    stats: [recorded.length, ...trees.map(({ stats }) => stats)].join(),
    isYoung: trees.some(({ isYoung }) => isYoung),
    readContent() {
      const contents = trees.map((tree) => tree.readContent());
      return contents.includes(undefined) ? undefined : [recorded.length, ...contents].join();
    },
  };
}
