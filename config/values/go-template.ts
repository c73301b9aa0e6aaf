/** A piece between `{{` and `}}` of a Go template. */
export interface TemplateAction {
  readonly tokens: readonly TemplateToken[];
  /** Where its `{{` stands in the template. */
  readonly index: number;
}

export type TemplateToken = { readonly text: string; readonly index: number } & (
  | { readonly kind: 'word' | 'variable' | 'field' | 'symbol' }
  /** `text` is what a literal stands for. */
  | { readonly kind: 'text' }
);

/** Why a template cannot be read. */
export interface TemplateFault {
  readonly message: string;
  readonly index: number;
}

/** The actions of a template, or why it cannot be read. */
export function readTemplate(template: string): readonly TemplateAction[] | TemplateFault {
  const actions: TemplateAction[] = [];
  for (let open = template.indexOf('{{'); open >= 0;) {
    const read = readAction(template, open);
    if ('message' in read) return read;
    if (read.tokens.length > 0) actions.push({ tokens: read.tokens, index: open });
    open = template.indexOf('{{', read.end);
  }
  return checkBlocks(actions) ?? actions;
}

export function isTemplateFault(read: readonly TemplateAction[] | TemplateFault): read is TemplateFault {
  return 'message' in read;
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

type ReadAction = { readonly tokens: readonly TemplateToken[]; readonly end: number } | TemplateFault;

function readAction(template: string, open: number): ReadAction {
  const begin = open + 2;
  const skipped = comment.exec(template.slice(begin));
  if (skipped !== null) return { tokens: [], end: begin + skipped[0].length };
  const tokens: TemplateToken[] = [];
  let place = begin + (/^-(?=\s)/.test(template.slice(begin)) ? 1 : 0);
  for (;;) {
    const rest = template.slice(place);
    const close = /^\s*(?:\s-)?\}\}/.exec(rest);
    if (close !== null) return { tokens, end: place + close[0].length };
    if (rest.trim() === '') return { message: 'a "{{" has no "}}"', index: open };
    const [kind, found] = nextToken(rest);
    if (found === undefined)
      return { message: `unexpected "${rest.trim().slice(0, 20)}" after "{{"`, index: place };
    if (kind !== 'space')
      tokens.push({ kind, text: kind === 'text' ? unquoteGo(found) : found, index: place });
    place += found.length;
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

function checkBlocks(actions: readonly TemplateAction[]): TemplateFault | undefined {
  const open: TemplateAction[] = [];
  for (const action of actions) {
    const [token] = action.tokens;
    const first = token?.kind === 'word' ? token.text : '';
    if (openers.has(first)) open.push(action);
    if ((first === 'else' || first === 'end') && open.length === 0)
      return { message: `"{{ ${first} }}" ends no block`, index: action.index };
    if (first === 'end') open.pop();
  }
  const last = open.at(-1);
  return last === undefined ? undefined : { message: 'a block has no "{{ end }}"', index: last.index };
}

/** Names of variables that a template declares with `:=`. */
export function declaredVariables(actions: readonly TemplateAction[]): readonly string[] {
  return actions.flatMap(({ tokens }) =>
    tokens.some(({ kind, text }) => kind === 'symbol' && text === ':=')
      ? tokens.filter(({ kind }) => kind === 'variable').map(({ text }) => text)
      : [],
  );
}

/** What every Go template knows. */
export const goTemplateWords: readonly string[] = [
  ...['if', 'else', 'end', 'range', 'with', 'define', 'block', 'template', 'break', 'continue'],
  ...['true', 'false', 'nil'],
  ...['and', 'or', 'not', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'len', 'index', 'slice', 'call'],
  ...['print', 'printf', 'println', 'html', 'js', 'urlquery'],
];
