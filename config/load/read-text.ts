import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Checked, Problem } from '../../problems/problem.js';
import { explainSystemError } from './system-error.js';
import type { Explanation } from './system-error.js';

/** Largest input file in bytes; a model is some 20 lines. */
export const fileLimit = 1024 * 1024;

/** Reads a text file of the workspace; what is too large or no text is a problem and never decoded. */
export function readText(directory: string, file: string): Checked<string> {
  const bytes = readBytes(join(directory, file));
  if (bytes instanceof Uint8Array) return decode(bytes, file);
  if ('words' in bytes)
    return refuse('CONFIG_FILE_UNREADABLE', file, `The file cannot be read: ${bytes.words}.`, bytes.hint);
  const found = `The file has ${bytes.size} bytes; at most ${fileLimit} are read.`;
  return refuse(
    'CONFIG_FILE_TOO_LARGE',
    file,
    found,
    'Is this the file you meant? Data does not belong in the workspace.',
  );
}

/** The text of a file as far as it can be shown to people; undefined: it cannot be. */
export function readForDisplay(path: string): string | undefined {
  const bytes = readBytes(path);
  return bytes instanceof Uint8Array && isUtf8(bytes) ? new TextDecoder().decode(bytes) : undefined;
}

/** The content, the size of what is too large, or why there is nothing to read. */
function readBytes(path: string): Uint8Array | { readonly size: number } | Explanation {
  try {
    // Asked before opening, because opening a named pipe would wait for a writer.
    if (!statSync(path).isFile())
      return { words: 'it is not a file', hint: 'Put a plain file there, or rename what is there.' };
    const descriptor = openSync(path, 'r');
    try {
      const { size } = fstatSync(descriptor);
      return size > fileLimit ? { size } : readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return explainSystemError(error);
  }
}

function decode(bytes: Uint8Array, file: string): Checked<string> {
  if (!isUtf8(bytes)) {
    const message = `The file is ${isUtf16(bytes) ? 'UTF-16, not UTF-8' : 'not UTF-8 text'}.`;
    return refuse('CONFIG_FILE_NOT_TEXT', file, message, 'Save it as UTF-8.');
  }
  // Drops the byte order mark.
  const text = new TextDecoder('utf-8').decode(bytes);
  // A carriage return alone was the line end of old Macs; the YAML library takes it for a part of the line.
  const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\r(?!\n)/.exec(text);
  if (control === null) return { value: text, problems: [] };
  const before = text.slice(0, control.index).split('\n');
  const position = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const name = `U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const message = `The file contains the control character ${name}, which is not allowed here.`;
  const hint =
    control[0] === '\r' ? 'Save it with Unix or Windows line ends.' : 'Remove it; editors may hide it.';
  return {
    value: undefined,
    problems: [{ code: 'CONFIG_FILE_NOT_TEXT', severity: 'error', message, hint, position }],
  };
}

/** What Windows editors call "Unicode". */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function refuse(code: Problem['code'], file: string, message: string, hint: string): Checked<never> {
  const position = { file, line: 1, column: 1 };
  return { value: undefined, problems: [{ code, severity: 'error', message, hint, position }] };
}
