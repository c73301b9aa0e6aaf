import { objectIdOf } from './target-tree.js';
import type { TargetTree, TreeEntry } from './target-tree.js';

/** What stands at a path of the target. */
export interface Place {
  /** `folder` where it is one, or where a part of the path is a file; undefined: nothing. */
  readonly present: TreeEntry['kind'] | 'folder' | undefined;
  /** Does the text stand there already? */
  readonly equal: boolean;
}

/** Looks at places of one target; without a text nothing is equal. */
export function placeFinder(target: TargetTree): (path: string, text?: string) => Place {
  const folders = new Set<string>();
  for (const path of target.entries.keys()) for (const folder of foldersAbove(path)) folders.add(folder);
  return (path, text) => {
    const entry = target.entries.get(path);
    if (entry !== undefined)
      return { present: entry.kind, equal: text !== undefined && stands(target, path, text) };
    const blocked = folders.has(path) || foldersAbove(path).some((folder) => target.entries.has(folder));
    return { present: blocked ? 'folder' : undefined, equal: false };
  };
}

/** Does exactly this text stand at the path? */
export function stands(target: TargetTree, path: string, text: string): boolean {
  const entry = target.entries.get(path);
  return entry?.kind === 'file' && entry.objectId === objectIdOf(text, entry.objectId);
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
