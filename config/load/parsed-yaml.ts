import type { Alias, Document, Node, Pair, YAMLMap } from 'yaml';
import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Position } from '../../problems/problem.js';
import { isMergeKey } from './compose-data.js';
import type { KeyPath } from './key-path.js';
import type { LineIndex } from './line-index.js';
import type { YamlFile } from './yaml-file.js';

/** A YAML file as it stands. */
export class ParsedYaml implements YamlFile {
  private readonly keys = new Map<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(
    readonly name: string,
    readonly data: unknown,
    private readonly text: string,
    private readonly lines: LineIndex,
    private readonly document: Document,
    private readonly targets: ReadonlyMap<Alias, Node>,
  ) {}

  valuePosition(path: KeyPath): Position {
    const { key, value } = this.find(path);
    return this.position(value?.range?.[0] ?? key?.range?.[0] ?? 0);
  }

  keyPosition(path: KeyPath): Position {
    const { key, value } = this.find(path);
    return this.position(key?.range?.[0] ?? value?.range?.[0] ?? 0);
  }

  characterPosition(path: KeyPath, index: number): Position {
    const { value } = this.find(path);
    if (!isScalar(value) || !value.range || typeof value.value !== 'string') return this.valuePosition(path);
    if (value.type === 'BLOCK_LITERAL')
      return this.position(this.literalOffset(value.value, value.range, index));
    const quoted = value.type === 'QUOTE_SINGLE' || value.type === 'QUOTE_DOUBLE';
    const start = value.range[0] + (quoted ? 1 : 0);
    const literal = this.text.startsWith(value.value, start) && !value.value.includes('\n');
    return this.position(literal ? start + Math.min(index, value.value.length) : value.range[0]);
  }

  writtenScalar(path: KeyPath): string | undefined {
    const { value } = this.find(path);
    return isScalar(value) && typeof value.value !== 'string' ? value.source : undefined;
  }

  /** Offset of a character of `|` text: each line of the value is a line of the file, behind the indentation. */
  private literalOffset(value: string, [start]: readonly [number, ...number[]], index: number): number {
    const before = value.slice(0, index).split('\n');
    const column = before.at(-1)?.length ?? 0;
    const line = before.reduce((place) => this.text.indexOf('\n', place) + 1, start);
    const end = this.text.indexOf('\n', line);
    const written = this.text.slice(line, end === -1 ? undefined : end).replace(/\r$/, '');
    const own = value.split('\n')[before.length - 1] ?? '';
    return written.endsWith(own) ? line + written.length - own.length + column : start;
  }

  private position(offset: number): Position {
    return { file: this.name, ...this.lines.place(offset) };
  }

  private find(path: KeyPath): Found {
    let found: Found = { key: undefined, value: this.resolve(this.document.contents) };
    for (const part of path) {
      const next = this.step(found.value, part);
      if (next === undefined) break;
      found = next;
    }
    return found;
  }

  private step(parent: Node | undefined, part: string | number): Found | undefined {
    const container = this.resolve(parent);
    if (isSeq(container)) {
      const item = container.items[Number(part)];
      return isNode(item) ? { key: undefined, value: item } : undefined;
    }
    if (!isMap(container)) return undefined;
    const own = this.keysOf(container).get(String(part));
    return own === undefined
      ? this.stepThroughMerges(container.items, part)
      : { key: asNode(own.key), value: asNode(own.value) };
  }

  /** Looked up often and by name, so that a large map is not searched again for each of its keys. */
  private keysOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.keys.get(map);
    if (known !== undefined) return known;
    const pairs = map.items.filter(({ key }) => isScalar(key) && !isMergeKey(key));
    const keys = new Map(pairs.map((pair) => [String(isScalar(pair.key) ? pair.key.value : ''), pair]));
    this.keys.set(map, keys);
    return keys;
  }

  private stepThroughMerges(pairs: readonly Pair[], part: string | number): Found | undefined {
    for (const pair of pairs.filter(({ key }) => isMergeKey(key))) {
      const merged = this.resolve(pair.value);
      for (const source of isSeq(merged) ? merged.items : [merged]) {
        const found = this.step(asNode(source), part);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  private resolve(node: unknown): Node | undefined {
    return isAlias(node) ? this.targets.get(node) : asNode(node);
  }
}

interface Found {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

function asNode(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}
