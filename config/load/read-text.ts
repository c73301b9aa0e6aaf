import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { types } from 'node:util';
import type { Checked, Problem } from '../../problems/problem.js';

/** Largest input file in bytes; a model is some 20 lines. */
export const fileLimit = 1024 * 1024;

/** Reads a text file of the workspace; what is too large or no text is a problem and never decoded. */
export function readText(directory: string, file: string): Checked<string> {
  const bytes = readBytes(join(directory, file));
  if (typeof bytes === 'string')
    return refuse('CONFIG_FILE_UNREADABLE', file, `The file cannot be read: ${bytes}.`);
  if (bytes instanceof Uint8Array) return decode(bytes, file);
  const found = `The file has ${bytes.size} bytes; at most ${fileLimit} are read.`;
  return refuse(
    'CONFIG_FILE_TOO_LARGE',
    file,
    found,
    'Is this the file you meant? Data does not belong into the workspace.',
  );
}

/** The content, the size of what is too large, or why there is nothing to read. */
function readBytes(path: string): Uint8Array | { size: number } | string {
  try {
    // Asked before opening, because opening a named pipe would wait for a writer.
    if (!statSync(path).isFile()) return 'it is not a file';
    const descriptor = openSync(path, 'r');
    try {
      const { size } = fstatSync(descriptor);
      return size > fileLimit ? { size } : readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return describeSystemError(error);
  }
}

/** Words for an error of the file system; anything else is a fault of ours and goes on. */
export function describeSystemError(error: unknown): string {
  if (!(types.isNativeError(error) && 'code' in error && typeof error.code === 'string')) throw error;
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'it does not exist',
    ENOTDIR: 'its folder is not a folder',
    EACCES: 'permission denied',
    ELOOP: 'its symbolic links go in a circle',
  };
  return words[error.code] ?? error.code;
}

function decode(bytes: Uint8Array, file: string): Checked<string> {
  if (!isUtf8(bytes)) {
    return refuse('CONFIG_FILE_NOT_TEXT', file, 'The file is not UTF-8 text.', 'Save it as UTF-8.');
  }
  // Drops the byte order mark.
  const text = new TextDecoder('utf-8').decode(bytes);

  const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/.exec(text);
  if (control === null) return { value: text, problems: [] };
  const before = text.slice(0, control.index).split('\n');
  const position = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const name = `U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const message = `The file contains the control character ${name}, which YAML does not allow.`;
  return {
    value: undefined,
    problems: [{ code: 'CONFIG_FILE_NOT_TEXT', severity: 'error', message, position }],
  };
}

function refuse(code: Problem['code'], file: string, message: string, hint?: string): Checked<never> {
  const position = { file, line: 1, column: 1 };
  return {
    value: undefined,
    problems: [{ code, severity: 'error', message, ...(hint === undefined ? {} : { hint }), position }],
  };
}
