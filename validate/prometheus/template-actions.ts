/** A piece between `{{` and `}}` of a Go template. */
export interface TemplateAction {
  readonly tokens: readonly TemplateToken[];
}

export type TemplateToken =
  | { readonly kind: 'word' | 'variable' | 'field' | 'symbol'; readonly text: string }
  /** The text a literal stands for. */
  | { readonly kind: 'text'; readonly text: string };

/** The actions of a template; a text says why it cannot be read. */
export function readTemplate(template: string): readonly TemplateAction[] | string {
  const actions: TemplateAction[] = [];
  let rest = template;
  for (let open = rest.indexOf('{{'); open >= 0; open = rest.indexOf('{{')) {
    const read = readAction(rest.slice(open + 2));
    if (typeof read === 'string') return read;
    if (read.tokens.length > 0) actions.push({ tokens: read.tokens });
    rest = read.rest;
  }
  return checkBlocks(actions) ?? actions;
}

const comment = /^-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}/;
const tokenPatterns: readonly (readonly [TemplateToken['kind'] | 'space', RegExp])[] = [
  ['space', /^\s+/],
  ['text', /^"(?:[^"\\\n]|\\.)*"|^`[^`]*`|^'(?:[^'\\]|\\.)+'/],
  ['variable', /^\$\w*/],
  ['field', /^\.[A-Za-z_]\w*/],
  ['word', /^[A-Za-z_]\w*/],
  ['symbol', /^(?::=|[|().,=]|-?\d[\w.]*|\.)/],
];

function readAction(text: string): { tokens: readonly TemplateToken[]; rest: string } | string {
  const skipped = comment.exec(text);
  if (skipped !== null) return { tokens: [], rest: text.slice(skipped[0].length) };
  const tokens: TemplateToken[] = [];
  let rest = text.replace(/^-(?=\s)/, '');
  for (;;) {
    const close = /^\s*(?:\s-)?\}\}/.exec(rest);
    if (close !== null) return { tokens, rest: rest.slice(close[0].length) };
    if (rest.trim() === '') return 'a "{{" has no "}}"';
    const [kind, found] = nextToken(rest);
    if (found === undefined) return `unexpected "${rest.trim().slice(0, 20)}" after "{{"`;
    if (kind === 'text') tokens.push({ kind, text: unquoteGo(found) });
    else if (kind !== 'space') tokens.push({ kind, text: found });
    rest = rest.slice(found.length);
  }
}

function nextToken(text: string): readonly [TemplateToken['kind'] | 'space', string | undefined] {
  for (const [kind, pattern] of tokenPatterns) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return [kind, found];
  }
  return ['space', undefined];
}

/** The escapes of JSON are those of Go that rules use; another spelling is left as it stands. */
function unquoteGo(literal: string): string {
  if (!literal.startsWith('"')) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal.slice(1, -1);
  }
}

const openers = new Set(['if', 'range', 'with', 'define', 'block']);

function checkBlocks(actions: readonly TemplateAction[]): string | undefined {
  let depth = 0;
  for (const { tokens } of actions) {
    const first = tokens[0]?.kind === 'word' ? tokens[0].text : '';
    if (openers.has(first)) depth += 1;
    if ((first === 'else' || first === 'end') && depth === 0) return `"{{ ${first} }}" ends no block`;
    if (first === 'end') depth -= 1;
  }
  return depth === 0 ? undefined : 'a block has no "{{ end }}"';
}
