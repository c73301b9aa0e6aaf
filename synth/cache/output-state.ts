import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { recordFile } from '../output-record.js';
import { attempt } from './attempt.js';
import { Times } from './youth.js';

/**
 * Digest of an output directory as it is: equal means that no file in it was changed, added or removed since. Files are
 * not searched for but looked up, as the directory's own record lists them; what was added or removed shows in the times
 * of its folder. What was written last of all may have been written again in the same tick of the clock, so of that,
 * folders are listed and files are read.
 * @returns undefined: something is not as the record says
 */
export function readOutputState(root: string): string | undefined {
  return attempt(() => {
    const record = readFileSync(`${root}/${recordFile}`, 'utf8');
    const files = [recordFile, ...record.split('\n').slice(1, -1)];
    const folders = foldersOf(files);
    const state = new OutputState(root, files.length + folders.length);
    if (![...files, ...folders].every((path, index) => state.look(path, index < files.length)))
      return undefined;
    const children = state.listYoung(files, folders);
    return children && state.digest([record, ...children]);
  });
}

const numbersPerPath = 4;

class OutputState {
  private readonly numbers: Float64Array;
  private readonly times = new Times();
  private count = 0;

  constructor(
    private readonly root: string,
    paths: number,
  ) {
    this.numbers = new Float64Array(paths * numbersPerPath);
  }

  /** False: it is not what it should be. */
  look(path: string, isFile: boolean): boolean {
    const stats = statSync(`${this.root}/${path}`, { throwIfNoEntry: false });
    if (stats?.isFile() !== isFile) return false;
    const at = this.count * numbersPerPath;
    this.numbers[at] = stats.ctimeMs;
    this.numbers[at + 1] = stats.mtimeMs;
    this.numbers[at + 2] = stats.ino;
    this.numbers[at + 3] = isFile ? stats.size : 0;
    this.times.add(stats.ctimeMs);
    this.count += 1;
    return true;
  }

  /** What the youngest files and folders hold; undefined: a folder holds something else. */
  listYoung(files: readonly string[], folders: readonly string[]): readonly string[] | undefined {
    const contents = files.filter((_path, index) => this.isYoung(index));
    const young = folders.filter((_path, index) => this.isYoung(files.length + index));
    if (!holdOnly(this.root, young, [...files, ...folders])) return undefined;
    return contents.map((path) => readFileSync(`${this.root}/${path}`, 'latin1'));
  }

  digest(texts: readonly string[]): string {
    const hash = createHash('sha1').update(new Uint8Array(this.numbers.buffer));
    for (const text of texts) hash.update(`${text.length}\n${text}`);
    return hash.digest('hex');
  }

  private isYoung(index: number): boolean {
    return (this.numbers[index * numbersPerPath] ?? 0) >= this.times.youngest - this.times.youth;
  }
}

/** '' is the directory itself. */
function foldersOf(files: readonly string[]): readonly string[] {
  const folders = new Set(['']);
  for (const file of files) {
    for (let folder = parentOf(file); !folders.has(folder); folder = parentOf(folder)) folders.add(folder);
  }
  return [...folders];
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** @param paths all that there should be */
function holdOnly(root: string, folders: readonly string[], paths: readonly string[]): boolean {
  const expected = new Map(folders.map((folder) => [folder, new Set<string>()]));
  for (const path of paths) {
    if (path !== '') expected.get(parentOf(path))?.add(path.slice(path.lastIndexOf('/') + 1));
  }
  return [...expected].every(([folder, names]) => {
    const found = readdirSync(`${root}/${folder}`);
    return found.length === names.size && found.every((name) => names.has(name));
  });
}
