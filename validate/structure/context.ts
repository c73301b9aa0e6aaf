import { memoize } from '../../config/values/memoize.js';
import type { ProblemCode } from '../../problems/codes.js';
import type { structureCodes } from '../../problems/codes-structure.js';
import type { Finding } from '../report.js';
import type { Schema } from './schema.js';

export type StructureCode = keyof typeof structureCodes & ProblemCode;

/** What a check of one place in an object needs to know. */
export interface Context {
  report(code: StructureCode, finding: Finding & { readonly path: string }): void;
  /**
   * Inside a TriggerTemplate, where `$(tt.params.NAME)` stands for text that only an event brings: what a
   * text with such a placeholder will be cannot be said.
   */
  readonly templated: boolean;
}

/** Checks a value by a schema; the context is the caller's unless given. */
export type Walk = (value: unknown, schema: Schema, path: string, context?: Context) => void;

const placeholder = /\$\(tt\.params\.[^)]*\)/g;

/** Does the text depend on an event? */
export function isOpenText(context: Context, text: string): boolean {
  return context.templated && hasPlaceholder(text);
}

export function hasPlaceholder(text: string): boolean {
  return text.includes('$(tt.params.');
}

/** The text with a harmless letter for each placeholder, for checks of names. */
export function closeText(context: Context, text: string): string {
  return context.templated ? text.replace(placeholder, 'x') : text;
}

/** `spec.steps[0]`, and `metadata.labels["a/b"]` for keys that are no plain words. */
export function joinKey(path: string, key: string): string {
  if (!isPlainWord(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

const isPlainWord: (key: string) => boolean = memoize((key) => /^[\w-]+$/.test(key));

/** A value as a message shows it, cut short. */
export function showValue(value: unknown): string {
  return cutShort(writeValue(value));
}

/** The whole of a value, as text. */
export function writeValue(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

export function cutShort(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
