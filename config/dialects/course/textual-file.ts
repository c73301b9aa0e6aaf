import type { Position } from '../../../problems/problem.js';
import type { KeyPath } from '../../load/key-path.js';
import { valueAt } from '../../load/key-path.js';
import type { YamlFile } from '../../load/yaml-file.js';
import { isMap } from '../../resolve/layers.js';

/**
 * A file of the course in which every number and boolean is the text that stands there: whoever writes
 * `version: 0123456` or `4562117e17` means these characters. A key without a value is one that is not there, as in Helm.
 */
export class TextualFile implements YamlFile {
  readonly name: string;
  readonly data: unknown;

  constructor(private readonly file: YamlFile) {
    this.name = file.name;
    this.data = this.read(file.data, []);
  }

  has(path: KeyPath): boolean {
    return valueAt(this.data, path) !== undefined;
  }

  valuePosition(path: KeyPath): Position {
    return this.file.valuePosition(path);
  }

  keyPosition(path: KeyPath): Position {
    return this.file.keyPosition(path);
  }

  characterPosition(path: KeyPath, index: number): Position {
    return this.file.characterPosition(path, index);
  }

  writtenScalar(path: KeyPath): string | undefined {
    return this.file.writtenScalar(path);
  }

  private read(value: unknown, path: KeyPath): unknown {
    if (Array.isArray(value)) return value.map((item: unknown, index) => this.read(item, [...path, index]));
    if (isMap(value)) {
      const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
      const given = entries.filter(([, child]) => child !== null);
      return Object.fromEntries(given.map(([key, child]) => [key, this.read(child, [...path, key])]));
    }
    if (typeof value !== 'number' && typeof value !== 'boolean') return value;
    return this.file.writtenScalar(path) ?? String(value);
  }
}
