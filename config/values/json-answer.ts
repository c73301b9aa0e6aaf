import { z } from 'zod';
import type { ValueFault } from './fault.js';
import { checkFolder } from './folder.js';

/** A value within a JSON document (RFC 6901). */
export function checkJsonPointer(text: string): ValueFault | undefined {
  if (/^(?:\/(?:[^~/]|~[01])*)+$/.test(text)) return undefined;
  const hint = text.startsWith('/')
    ? 'Write `~` as `~0`.'
    : `Did you mean \`/${text.replaceAll('.', '/')}\`?`;
  return { message: 'is not a JSON pointer', hint };
}

/** The value a pointer names; undefined when there is none. */
export function readPointer(document: unknown, pointer: string): unknown {
  const parts = pointer.split('/').slice(1);
  return parts
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, part) => {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
      return new Map<string, unknown>(Object.entries(value)).get(part);
    }, document);
}

/** A JSON schema as the steps understand it. */
export function checkJsonSchema(schema: Readonly<Record<string, unknown>>): ValueFault | undefined {
  try {
    readJsonSchema(schema);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      message: `is not a JSON schema: ${reason.replace(/\.$/, '')}`,
      hint: 'Keep to `type`, `properties`, `required`, `items`, `enum` and the bounds of JSON Schema.',
    };
  }
}

/** What decides whether a document has a JSON schema; throws for what is none. */
export function readJsonSchema(schema: Readonly<Record<string, unknown>>): z.ZodType {
  return z.fromJSONSchema(schema);
}

/** A file inside a repository. */
export function checkSourceFile(text: string): ValueFault | undefined {
  return text === ''
    ? { message: 'names no file', hint: "Write its path in the model's repository." }
    : checkFolder(text);
}
