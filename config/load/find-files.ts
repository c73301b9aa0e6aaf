import type { Dirent } from 'node:fs';
import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { ProblemCollector } from '../problem-collector.js';
import { globPart } from '../values/glob.js';
import { isAbsent, isFolder, readFolder } from './read-folder.js';
import { isSystemError } from './system-error.js';

export interface FoundFiles {
  /** Matching files of each glob, sorted. */
  readonly matches: readonly (readonly string[])[];
  /** What stands beside them and is read by no glob: other endings, and folders. */
  readonly ignored: readonly IgnoredEntry[];
  /** A folder could not be read: nobody knows whether something is missing. */
  readonly incomplete: boolean;
}

export interface IgnoredEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link';
}

/**
 * Looks below a directory for the files that globs (checkGlob) match; what is hidden counts as absent. Every folder is
 * read once. Links are followed to files, and to folders that a glob names, but never out of the directory.
 */
export function findFiles(
  directory: string,
  globs: readonly string[],
  problems: ProblemCollector,
): FoundFiles {
  const search = new Search(directory, problems);
  const matches = globs.map((glob) => [...search.find(glob)].sort());
  return { matches, ignored: search.ignored(), incomplete: search.incomplete };
}

class Search {
  incomplete = false;
  private readonly folders = new Map<string, readonly Dirent[]>();
  /** Folders that some glob lists files of, with how the files are called. */
  private readonly listed = new Map<string, ((name: string) => boolean)[]>();
  private readonly links = new Set<string>();
  private root: string | undefined;

  constructor(
    private readonly directory: string,
    private readonly problems: ProblemCollector,
  ) {}

  find(glob: string): ReadonlySet<string> {
    const found = new Set<string>();
    this.walk('', glob.split('/'), found);
    return found;
  }

  ignored(): readonly IgnoredEntry[] {
    const beside = [...this.listed].flatMap(([folder, patterns]) =>
      this.entries(folder).flatMap((entry): IgnoredEntry[] => {
        const path = below(folder, entry.name);
        if (patterns.some((matches) => matches(entry.name))) return [];
        if (entry.isDirectory()) return this.folders.has(path) ? [] : [{ path, kind: 'folder' }];
        const renamed = entry.name.replace(/\.ya?ml$/i, '.yaml');
        const misnamed = renamed !== entry.name && patterns.some((matches) => matches(renamed));
        return misnamed ? [{ path, kind: 'file' }] : [];
      }),
    );
    return [...beside, ...[...this.links].map((path) => ({ path, kind: 'link' as const }))];
  }

  private walk(folder: string, [part = '', ...rest]: readonly string[], found: Set<string>): void {
    const matches = globPart(part);
    if (part === '**') {
      this.walk(folder, rest, found);
      for (const name of this.subfolders(folder, () => true))
        this.walk(below(folder, name), [part, ...rest], found);
    } else if (rest.length === 0) {
      this.listed.set(folder, [...(this.listed.get(folder) ?? []), matches]);
      for (const entry of this.entries(folder)) {
        const path = below(folder, entry.name);
        if (!matches(entry.name) || (entry.isSymbolicLink() && !this.isInside(path))) continue;
        found.add(path);
      }
    } else if (/[*?]/.test(part)) {
      for (const name of this.subfolders(folder, matches)) this.walk(below(folder, name), rest, found);
    } else if (this.isInside(below(folder, part))) {
      this.walk(below(folder, part), rest, found);
    }
  }

  /** A wildcard follows no links: they may lead in a circle. */
  private subfolders(folder: string, matches: (name: string) => boolean): readonly string[] {
    return this.entries(folder).flatMap((entry) => {
      if (!matches(entry.name)) return [];
      const path = below(folder, entry.name);
      if (entry.isSymbolicLink() && isFolder(join(this.directory, path))) this.links.add(path);
      return entry.isDirectory() ? [entry.name] : [];
    });
  }

  private entries(folder: string): readonly Dirent[] {
    const known = this.folders.get(folder);
    if (known !== undefined) return known;
    const entries = readFolder(this.directory, folder, this.problems);
    if (entries === undefined) this.incomplete = true;
    this.folders.set(folder, entries ?? []);
    return entries ?? [];
  }

  /** Does a path end in the directory, wherever its links lead? What cannot be followed is reported when it is read. */
  private isInside(path: string): boolean {
    const whole = join(this.directory, path);
    if (isAbsent(whole)) return true;
    try {
      this.root ??= realpathSync(this.directory);
      const way = relative(this.root, realpathSync(whole));
      if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return true;
    } catch (error) {
      if (isSystemError(error)) return true;
      throw error;
    }
    const message = 'The link leads out of the workspace, to files that are in no commit of it.';
    const hint = 'Put the file itself there.';
    this.problems.errorAt('CONFIG_PATH', { file: path, line: 1, column: 1 }, { message, hint });
    return false;
  }
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
