import type { Document, ErrorCode } from 'yaml';
import type { ProblemCode } from '../../problems/codes.js';
import type { Checked, Problem } from '../../problems/problem.js';
import type { DocumentFault } from './compose-data.js';
import { composeData } from './compose-data.js';
import { depthLimit } from './depth-limit.js';
import { LineIndex } from './line-index.js';
import { parseDocumentGuarded } from './parse-document.js';
import { readText } from './read-text.js';
import { ParsedYaml } from './parsed-yaml.js';
import type { YamlFile } from './yaml-file.js';

/** More of one file would not be read by anybody. */
const faultLimit = 20;

/** Reads a YAML file of the workspace. */
export function readYaml(directory: string, file: string): Checked<YamlFile> {
  const { value: text, problems } = readText(directory, file);
  return text === undefined ? { value: undefined, problems } : parseYaml(text, file);
}

/** Parses the text of a file that holds exactly one YAML document. */
export function parseYaml(text: string, file: string): Checked<YamlFile> {
  const lines = new LineIndex(text);
  const parsed = parseDocumentGuarded(text);
  if ('tooDeepAt' in parsed) return refuse([tooDeep(parsed.tooDeepAt)], file, lines);
  const { document, second } = parsed;
  const faults = [...parserFaults(document), ...(second === undefined ? [] : [severalDocuments(second)])];
  if (faults.length > 0) return refuse(faults, file, lines);
  const composed = composeData(document);
  if (composed.faults.length > 0) return refuse(composed.faults, file, lines);
  if (composed.data === null) return refuse([empty], file, lines);
  return {
    value: new ParsedYaml(file, composed.data, text, lines, document, composed.targets),
    problems: [],
  };
}

const tooDeep = (offset: number): DocumentFault => ({
  code: 'CONFIG_YAML_TOO_COMPLEX',
  message: `Maps and lists are nested more than ${depthLimit} deep.`,
  hint: 'Nothing in a workspace is that deep; write it flatter.',
  offset: offset - 1,
});

const severalDocuments = (offset: number): DocumentFault => ({
  code: 'CONFIG_YAML_SEVERAL_DOCUMENTS',
  message: 'The file holds several YAML documents.',
  hint: 'Put each into a file of its own and remove the `---` between them.',
  offset,
});

const empty: DocumentFault = {
  code: 'CONFIG_FILE_EMPTY',
  message: 'The file has no content.',
  hint: 'Describe something in it, or remove it.',
  offset: 0,
};

function parserFaults(document: Document): readonly DocumentFault[] {
  return [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    ...(faultsByCode[code] ?? { code: 'CONFIG_YAML_SYNTAX', message: sentence(message), hint: syntaxHint }),
    offset: pos[0],
  }));
}

/** Faults of the parser that are worth more words than its own. */
const faultsByCode: Partial<Record<ErrorCode, { code: ProblemCode; message: string; hint?: string }>> = {
  TAB_AS_INDENT: {
    code: 'CONFIG_YAML_TAB',
    message: 'The line is indented with a tab, which YAML does not allow.',
    hint: 'Indent with spaces.',
  },
  NON_STRING_KEY: {
    code: 'CONFIG_YAML_SYNTAX',
    message: 'A key must be text.',
    hint: 'Something like `{{ name }}` or `[a]: b` reads as a map or list used as a key; write it in quotes.',
  },
  TAG_RESOLVE_FAILED: {
    code: 'CONFIG_YAML_SYNTAX',
    message: 'YAML tags (`!name`) mean nothing here.',
    hint: 'Remove the tag; a value that starts with `!` needs quotes.',
  },
};

/** The library says what it stumbled over, which is often the line after the mistake. */
const syntaxHint = 'Look at indentation, colons, quotes and brackets here and on the line before.';

function sentence(message: string): string {
  return `The file is not YAML: ${message.replace(/\.$/, '')}.`;
}

function refuse(faults: readonly DocumentFault[], file: string, lines: LineIndex): Checked<never> {
  const problems = faults.slice(0, faultLimit).map(({ code, message, hint, offset, other }): Problem => {
    const first = other === undefined ? hint : `The first is on line ${lines.place(other).line}; remove one.`;
    const position = { file, ...lines.place(offset) };
    return { code, severity: 'error', message, ...(first === undefined ? {} : { hint: first }), position };
  });
  return { value: undefined, problems };
}
