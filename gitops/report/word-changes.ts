import { diffArrays } from 'diff';

/** A part of two texts that are compared: in both, only in the former, or only in the new one. */
export interface TextPiece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Texts with more differing words are not compared word by word: nobody would read that. */
const mostDifferences = 400;

/** Characters of what is the same that stand around a difference. */
const context = 24;

/** Characters of a difference that are shown; of a longer one its beginning and its end. */
const longestDifference = 400;

/** Tells which words of two texts differ; pieces in the order of the text, those removed before those added. */
export function compareWords(before: string, after: string): readonly TextPiece[] {
  const parts = diffArrays(splitWords(before), splitWords(after), { maxEditLength: mostDifferences });
  const pieces: readonly TextPiece[] = parts?.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  })) ?? [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
  return pieces.filter(({ text }) => text !== '');
}

/** A number, a name and a path are one word each; so are the spaces between two of them. */
function splitWords(text: string): string[] {
  return text.match(/[\p{L}\p{N}_.:/-]+|\s+|./gsu) ?? [];
}

/** Two texts cut down to the words that differ and a little of what is around them; `…` stands for what is left out. */
export function excerptChange(
  before: string,
  after: string,
): { readonly before: string; readonly after: string } {
  const pieces = compareWords(before, after);
  const shorten = (side: 'removed' | 'added') =>
    pieces
      .map(({ kind, text }, index) => {
        if (kind === side) return cutMiddle(text, longestDifference);
        if (kind !== 'same') return '';
        return shortenContext(text, index === 0, index === pieces.length - 1);
      })
      .join('');
  return { before: shorten('removed'), after: shorten('added') };
}

function shortenContext(text: string, first: boolean, last: boolean): string {
  if (first && last) return cutMiddle(text, longestDifference);
  if (text.length <= (first || last ? 1 : 2) * context + 3) return text;
  return `${first ? '' : firstWords(text)}…${last ? '' : lastWords(text)}`;
}

/** Whole words, unless one is longer than all the room. */
function firstWords(text: string): string {
  return /^.*\s(?=\S)/su.exec(text.slice(0, context + 1))?.[0] ?? text.slice(0, context);
}

function lastWords(text: string): string {
  return /(?<=\S)\s.*$/su.exec(text.slice(-context - 1))?.[0] ?? text.slice(-context);
}

/** Beginning and end of a text that is too long, and how much is left out. */
export function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit + 24) return text;
  const half = Math.floor(limit / 2);
  const rest = text.length - 2 * half;
  return `${text.slice(0, half)} … (${rest} more characters) … ${text.slice(-half)}`;
}
