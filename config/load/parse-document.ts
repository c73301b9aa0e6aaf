import type { CST, Document } from 'yaml';
import { Composer, Lexer, Parser } from 'yaml';
import { depthLimit } from './depth-limit.js';

/** The first document of a text, and where the second begins; or the offset at which the nesting became too deep. */
export type ParsedText =
  { readonly document: Document; readonly second: number | undefined } | { readonly tooDeepAt: number };

/**
 * Parses YAML in the library's own steps, because between them stands a guard: building the tree recurses,
 * and a deeply nested text would exhaust the stack inside the regular expression engine, which ends the process.
 */
export function parseDocumentGuarded(text: string): ParsedText {
  const tokens = readTokens(text);
  if (typeof tokens === 'number') return { tooDeepAt: tokens };
  // Keys are compared by composeData: the composer would compare each with all others.
  const composer = new Composer({ uniqueKeys: false, stringKeys: true, prettyErrors: false });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined) throw new Error('the YAML composer made no document');
  return { document, second: second?.range[0] };
}

/** What the lexer says besides pieces of the text: a document, the end of a flow, a scalar. */
const marks: readonly string[] = ['\u0002', '\u0018', '\u001F'];

/** The syntax of the text, or where it became too deep. */
function readTokens(text: string): CST.Token[] | number {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (!marks.includes(lexeme)) offset += lexeme.length;
    // Besides maps and lists, the stack holds the document, the value at hand and keys that are maps themselves.
    if (parser.stack.length > 2 * depthLimit) return offset;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}
