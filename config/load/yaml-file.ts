import type { Position } from '../../problems/problem.js';
import type { KeyPath } from './key-path.js';

/**
 * Plain data that still knows where everything in it was written: a YAML file as it stands, or what files of another
 * language were translated to.
 */
export interface YamlFile {
  /** Path relative to the workspace. */
  readonly name: string;
  readonly data: unknown;
  /** Where a value stands; for what is not there, the nearest that is. */
  valuePosition(path: KeyPath): Position;
  /** Where the key of a value stands; for what is not there, the nearest that is. */
  keyPosition(path: KeyPath): Position;
  /** Where a character of a text value stands, when the value is written as it reads; else where the value begins. */
  characterPosition(path: KeyPath, index: number): Position;
  /** A number, or true or false, as it stands in the file: `1.10`. */
  writtenScalar(path: KeyPath): string | undefined;
}
