import { suggest } from '../suggest.js';

/** What a message about a run can say; each is a text, and empty where the run has nothing of it. */
export const runFields = [
  'model',
  'environment',
  'event',
  'run',
  'startedBy',
  'reason',
  'summary',
  'version',
  'image',
  'metrics',
  'pullRequest',
] as const;

export type RunField = (typeof runFields)[number];

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** A field that does not exist, and where its placeholder begins. */
export interface RunTemplateFault {
  readonly message: string;
  readonly hint: string;
  readonly index: number;
}

export function checkRunTemplate(template: string): readonly RunTemplateFault[] {
  return [...template.matchAll(placeholder)].flatMap(({ 1: name = '', index }) =>
    isField(name)
      ? []
      : [
          {
            message: `\`${name}\` is nothing that a run has`,
            ...suggest(name, runFields),
            index,
          },
        ],
  );
}

/** What is put in is text and never read as a template again. */
export function fillRunTemplate(template: string, values: Readonly<Record<RunField, string>>): string {
  return template.replace(placeholder, (found, name: string) => (isField(name) ? values[name] : found));
}

function isField(name: string): name is RunField {
  return (runFields as readonly string[]).includes(name); // Wider, because any name is asked about.
}
