import { readFileSync } from 'node:fs';
import { explainSystemError } from '../config/load/system-error.js';
import type { Checked, Problem } from '../problems/problem.js';
import type { RehearsalRequest } from '../validate/rehearse/rehearsal.js';

/** Where a captured request lies: files, as typed and as they can be opened. */
export interface CapturedFile {
  readonly name: string;
  readonly path: string;
}

/** Reads a request that was captured on its way from Alertmanager to the listener. */
export function readCapturedRequest(
  payload: CapturedFile,
  headers: CapturedFile | undefined,
): Checked<RehearsalRequest> {
  const body = readText(payload);
  const head = headers === undefined ? { value: '', problems: [] } : readText(headers);
  const problems = [...body.problems, ...head.problems];
  if (body.value === undefined || head.value === undefined) return { value: undefined, problems };
  const parsed = parseHeaders(head.value);
  if ('line' in parsed) {
    const message = `Line ${parsed.line} of ${headers?.name ?? ''} is not a header: expected \`Name: value\`.`;
    return { value: undefined, problems: [...problems, unreadable(message)] };
  }
  return { value: { body: body.value, headers: parsed.headers }, problems };
}

/** Reads a file that holds one secret; a line break at its end is not part of it. */
export function readToken(file: CapturedFile): Checked<string> {
  const { value, problems } = readText(file);
  return { value: value?.replace(/\r?\n$/, ''), problems };
}

type ParsedHeaders = { readonly headers: Readonly<Record<string, string>> } | { readonly line: number };

/** `Name: value` lines; a request line (`POST / HTTP/1.1`) may stand above them, an empty line ends them. */
export function parseHeaders(text: string): ParsedHeaders {
  const headers = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') break;
    if (index === 0 && /^[A-Z]+ \S+ HTTP\/\d(?:\.\d)?$/.test(line)) continue;
    const [, name, value] = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return { line: index + 1 };
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return { headers: Object.fromEntries(headers) };
}

function readText({ name, path }: CapturedFile): Checked<string> {
  try {
    return { value: readFileSync(path, 'utf8'), problems: [] };
  } catch (error) {
    const { words, hint } = explainSystemError(error);
    return { value: undefined, problems: [{ ...unreadable(`${name} cannot be read: ${words}.`), hint }] };
  }
}

function unreadable(message: string): Problem {
  return { code: 'CLI_FILE_UNREADABLE', severity: 'error', message };
}
