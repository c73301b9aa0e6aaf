import { createHash } from 'node:crypto';

/** What a pull request was last told; it stands in its body, invisible to people. */
export interface BodyMark {
  /** Of title, body and commit: whoever edits the text keeps the edit until there is something new to say. */
  readonly content: string;
  /** Of labels, reviewers and the rest, which are given once; people may change them afterwards. */
  readonly extras: string;
}

export function digestText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

export function formatMark({ content, extras }: BodyMark): string {
  return `<!-- driftloop:body ${content} ${extras} -->`;
}

export function readMark(body: string): BodyMark | undefined {
  const [, content, extras] = /<!-- driftloop:body ([0-9a-f]{16}) ([0-9a-f]{16}|-) -->/.exec(body) ?? [];
  return content === undefined || extras === undefined ? undefined : { content, extras };
}

/** The extras of a pull request that has not got them yet. */
export const noExtras = '-';

/** So much room a body must leave for its mark. */
export const markLength = formatMark({ content: '0'.repeat(16), extras: '0'.repeat(16) }).length + 1;
