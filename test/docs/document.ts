import { readFileSync } from 'node:fs';

/** A fenced block of a Markdown file. */
export interface Block {
  /** Line of its first fence. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** One command of a `console` block, and what stands below it. */
export interface Example {
  readonly command: string;
  readonly output: string;
}

export function listBlocks(path: string): readonly Block[] {
  const markdown = readFileSync(path, 'utf8');
  return [...markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(
    ({ index, 1: language = '', 2: text = '' }) => ({
      line: markdown.slice(0, index).split('\n').length,
      language,
      text,
    }),
  );
}

/** Targets of links and pictures within the repository, without their anchors. */
export function listLinks(path: string): readonly string[] {
  const prose = readFileSync(path, 'utf8').replace(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** A command begins with `$ ` and goes on while its line ends with a backslash. */
export function listExamples({ text }: Block): readonly Example[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [, command = '', output = ''] = /^((?:.*\\\n)*.*)\n([^]*)$/.exec(part) ?? [];
      return { command, output };
    });
}

/** `…` stands for anything within a line; a line of nothing else, for any lines. All the rest is literal. */
export function matches(text: string, shown: string): boolean {
  return new RegExp(`^${patternOf(shown, '')}$`).test(text);
}

/** Is this a part of the text? The part may be indented less, as a whole. */
export function contains(text: string, shown: string): boolean {
  return new RegExp(`^(?<indent> *)${patternOf(shown, '\\k<indent>')}`, 'm').test(text);
}

function patternOf(shown: string, indent: string): string {
  const lines = shown.split('\n').slice(0, -1);
  return lines
    .map((line) => (line.trim() === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(escape).join('.*')}\\n`))
    .reduce((pattern, line) => pattern + (pattern === '' || line.startsWith('(') ? '' : indent) + line, '');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
