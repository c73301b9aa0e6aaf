import type { ProblemCode } from '../problems/codes.js';
import type { Position, Problem, Severity } from '../problems/problem.js';
import type { KeyPath } from './load/key-path.js';
import { formatKeyPath } from './load/key-path.js';
import type { YamlFile } from './load/yaml-file.js';

/** A value in a file. */
export interface Place {
  readonly file: YamlFile;
  readonly path: KeyPath;
  /** Point at the key instead of the value. */
  readonly key?: boolean;
  /** Point at this character of a text value. */
  readonly index?: number;
}

/** What a problem says. */
export interface Finding {
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Gathers problems of all stages; the same one found again, for another environment, counts once. */
export class ProblemCollector {
  private readonly found = new Map<string, Problem>();

  get problems(): readonly Problem[] {
    return [...this.found.values()];
  }

  error(code: ProblemCode, place: Place, finding: Finding): void {
    this.report('error', code, place, finding);
  }

  warn(code: ProblemCode, place: Place, finding: Finding): void {
    this.report('warning', code, place, finding);
  }

  /** About something that has no place in a parsed file. */
  errorAt(code: ProblemCode, position: Position, finding: Finding): void {
    this.add({ code, severity: 'error', ...words(finding), position });
  }

  warnAt(code: ProblemCode, position: Position, finding: Finding): void {
    this.add({ code, severity: 'warning', ...words(finding), position });
  }

  add(...problems: readonly Problem[]): void {
    for (const problem of problems) {
      const { file = '', line = 0, column = 0 } = problem.position ?? {};
      const key = JSON.stringify([problem.code, file, line, column, problem.path, problem.message]);
      if (!this.found.has(key)) this.found.set(key, problem);
    }
  }

  private report(severity: Severity, code: ProblemCode, place: Place, finding: Finding): void {
    const path = formatKeyPath(place.path);
    this.add({
      code,
      severity,
      ...words(finding),
      position: positionOf(place),
      ...(path === '' ? {} : { path }),
    });
  }
}

/** Where a place is in its file. */
export function positionOf({ file, path, key = false, index }: Place): Position {
  if (index !== undefined) return file.characterPosition(path, index);
  return key ? file.keyPosition(path) : file.valuePosition(path);
}

function words({ message, hint }: Finding): { message: string; hint?: string } {
  return { message, ...(hint === undefined ? {} : { hint }) };
}
