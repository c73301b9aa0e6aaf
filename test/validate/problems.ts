import type { Problem } from '../../problems/problem.js';

/** `CODE path: message`, as a test reads it best. */
export function summarize(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, path, message }) => `${code} ${path ?? ''}: ${message}`);
}

/** The codes without repetition, sorted. */
export function codesOf(problems: readonly Problem[]): readonly string[] {
  return [...new Set(problems.map(({ code }) => code))].sort();
}
