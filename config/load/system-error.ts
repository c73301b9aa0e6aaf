import { types } from 'node:util';

/** What the operating system said, for people. */
export interface Explanation {
  /** Continues a sentence: `permission denied`. */
  readonly words: string;
  /** What to do about it. */
  readonly hint: string;
}

const explanations: Readonly<Record<string, Explanation>> = {
  ENOENT: { words: 'it does not exist', hint: 'Is the path right? A symbolic link may lead to nothing.' },
  ENOTDIR: {
    words: 'there is a file where a folder must be',
    hint: 'Move the file, or choose another path.',
  },
  EEXIST: { words: 'something else is there already', hint: 'Move it, or choose another path.' },
  EISDIR: { words: 'it is a folder', hint: 'Name a file.' },
  EACCES: { words: 'permission denied', hint: 'Change the permissions, or run as a user who has them.' },
  EPERM: { words: 'permission denied', hint: 'Change the permissions, or run as a user who has them.' },
  EROFS: { words: 'the file system is read-only', hint: 'Choose another path.' },
  ELOOP: { words: 'its symbolic links go in a circle', hint: 'Replace the link by what it should lead to.' },
  ENAMETOOLONG: { words: 'the name is too long', hint: 'Choose a shorter path.' },
  ENOSPC: { words: 'the disk is full', hint: 'Make room, or choose another path.' },
};

/** Is this an error of the operating system, such as a refused permission? */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return (
    types.isNativeError(error) && 'code' in error && typeof error.code === 'string' && 'syscall' in error
  );
}

/** Words for an error of the operating system; anything else is a fault of ours and goes on. */
export function explainSystemError(error: unknown): Explanation {
  if (!isSystemError(error)) throw error;
  return explanations[error.code] ?? { words: error.code, hint: 'Is the file system in order?' };
}
