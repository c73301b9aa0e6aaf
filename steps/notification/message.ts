import type { RunMessages } from '../../charts/tasks/notify.js';
import type { RunEvent } from '../../config/model-runs.js';
import { fillRunTemplate } from '../../config/values/run-template.js';
import type { RunField } from '../../config/values/run-template.js';

/** What one receiver is told. */
export interface Message {
  readonly title: string;
  readonly text: string;
  /** The same, for programs. */
  readonly fields: Readonly<Record<RunField, string>>;
}

/** More than anybody reads, and less than any service refuses. */
const textLimit = 3_000;

export function writeMessage(
  { title, text }: Pick<RunMessages, 'title' | 'text'>,
  event: RunEvent,
  facts: Readonly<Omit<Record<RunField, string>, 'event'>>,
): Message {
  const fields = { ...facts, event: eventWords[event] };
  return {
    // A line break in a title would begin another header of a mail.
    title: shorten(fillRunTemplate(title, fields).replace(/\s+/g, ' ').trim(), 200),
    // A field that is empty leaves no empty line.
    text: shorten(
      fillRunTemplate(text, fields)
        .replace(/\n{2,}/g, '\n')
        .trim(),
      textLimit,
    ),
    fields: { ...fields, event },
  };
}

const eventWords: Readonly<Record<RunEvent, string>> = {
  started: 'started',
  refused: 'was not admitted',
  failed: 'failed',
  trained: 'ended well',
  released: 'released a version',
  proposed: 'opened a pull request',
};

function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
