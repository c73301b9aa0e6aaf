import type { Alias, Document, Node, Scalar, YAMLMap } from 'yaml';
import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { ProblemCode } from '../../problems/codes.js';
import { depthLimit } from './depth-limit.js';

/** Something wrong with the document itself, and the offset in its text. */
export interface DocumentFault {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  readonly offset: number;
  /** Offset of what it clashes with. */
  readonly other?: number;
}

export interface ComposedData {
  /** Plain data with aliases and merge keys resolved. */
  readonly data: unknown;
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly faults: readonly DocumentFault[];
}

/** How many values aliases may add; beyond, the file is an alias bomb. */
const expansionLimit = 10_000;

/**
 * Turns a parsed document into plain data, in one pass.
 * The library's own conversion compares each key with every other one, recurses into circular aliases,
 * and reports neither with a position.
 */
export function composeData(document: Document): ComposedData {
  const composer = new Composer();
  const data = composer.compose(document.contents, 0); // A parsed document holds nodes.
  return { data, targets: composer.targets, faults: composer.faults };
}

class Composer {
  readonly targets = new Map<Alias, Node>();
  readonly faults: DocumentFault[] = [];
  private readonly anchors = new Map<string, Node>();
  private readonly finished = new Map<Node, { value: unknown; size: number }>();
  private size = 0;
  private expanded = 0;

  compose(node: Node | null, depth: number): unknown {
    if (node === null) return null;
    if (isAlias(node)) return this.expand(node);
    this.size += 1;
    if (depth > depthLimit) {
      this.report(
        'CONFIG_YAML_TOO_COMPLEX',
        node,
        `Maps and lists are nested more than ${depthLimit} deep.`,
        'Nothing in a workspace is that deep; write it flatter.',
      );
      return null;
    }
    const before = this.size;
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    const value = this.composeValue(node, depth);
    this.finished.set(node, { value, size: this.size - before + 1 });
    return value;
  }

  private composeValue(node: Node, depth: number): unknown {
    if (isMap(node)) return this.composeMap(node, depth);
    if (isSeq(node)) return node.items.map((item) => this.compose(isNode(item) ? item : null, depth + 1));
    if (!isScalar(node)) return null;
    if (typeof node.value !== 'object' || node.value === null) return node.value;
    // `!!binary` and the like give objects of JavaScript.
    this.report('CONFIG_YAML_SYNTAX', node, 'YAML tags (`!name`) mean nothing here.', 'Remove the tag.');
    return null;
  }

  private composeMap(map: YAMLMap, depth: number): Record<string, unknown> {
    const own = new Map<string, unknown>();
    const keys = new Map<string, Scalar>();
    const merged: object[] = [];
    for (const pair of map.items) {
      if (!isScalar(pair.key) || typeof pair.key.value !== 'string') continue; // Refused by the parser.
      const value = this.compose(isNode(pair.value) ? pair.value : null, depth + 1);
      if (isMergeKey(pair.key)) merged.push(...this.mergeSources(pair.key, value));
      else if (pair.key.value === '__proto__') this.reportPrototype(pair.key);
      else if (keys.has(pair.key.value)) this.reportDuplicate(pair.key, keys.get(pair.key.value));
      else {
        keys.set(pair.key.value, pair.key);
        own.set(pair.key.value, value);
      }
    }
    const sources = merged.reverse().flatMap((source) => Object.entries(source));
    return Object.fromEntries([...sources, ...own]);
  }

  /** The maps behind `<<`, the most important one first. */
  private mergeSources(key: Scalar, value: unknown): object[] {
    const sources: unknown[] = Array.isArray(value) ? value : [value];
    const maps = sources.filter(isPlainMap);
    if (maps.length < sources.length) {
      const message = 'The merge key `<<` takes a map or a list of maps.';
      this.report(
        'CONFIG_YAML_SYNTAX',
        key,
        message,
        'Write `<<: *name`, where `&name` is the anchor of a map.',
      );
    }
    return maps;
  }

  private expand(alias: Alias): unknown {
    const target = this.anchors.get(alias.source);
    if (target === undefined) {
      const known = [...this.anchors.keys()].map((name) => `\`${name}\``).slice(0, 20);
      const hint =
        known.length === 0
          ? 'The file defines no anchors.'
          : `Anchors before this line: ${known.join(', ')}.`;
      this.report(
        'CONFIG_YAML_ALIAS',
        alias,
        `The alias \`*${alias.source}\` has no anchor \`&${alias.source}\` before it.`,
        hint,
      );
      return null;
    }
    const done = this.finished.get(target);
    if (done === undefined) {
      this.report(
        'CONFIG_YAML_ALIAS',
        alias,
        `The alias \`*${alias.source}\` is inside what it stands for.`,
        'Write the value out.',
      );
      return null;
    }
    this.targets.set(alias, target);
    this.size += done.size;
    this.expanded += done.size;
    if (this.expanded <= expansionLimit) return done.value;
    const message = `The aliases up to here stand for more than ${expansionLimit} values.`;
    this.report(
      'CONFIG_YAML_TOO_COMPLEX',
      alias,
      message,
      'An alias bomb looks like this; write the values out.',
    );
    return null;
  }

  private reportDuplicate(key: Scalar, first: Scalar | undefined): void {
    this.faults.push({
      code: 'CONFIG_YAML_DUPLICATE_KEY',
      message: `The key \`${String(key.value)}\` appears twice in one map.`,
      offset: key.range?.[0] ?? 0,
      other: first?.range?.[0] ?? 0,
    });
  }

  /** JavaScript gives the key a meaning of its own, and libraries leave it out silently. */
  private reportPrototype(key: Scalar): void {
    this.report('CONFIG_KEY_UNKNOWN', key, 'Nothing can be called `__proto__`.', 'Choose another name.');
  }

  /** Only the first fault of a kind that follows from itself again and again. */
  private report(code: ProblemCode, node: Node, message: string, hint?: string): void {
    if (code === 'CONFIG_YAML_TOO_COMPLEX' && this.faults.some((fault) => fault.code === code)) return;
    this.faults.push({
      code,
      message,
      offset: node.range?.[0] ?? 0,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

/** A plain `<<`; in quotes it is a key like any other. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

function isPlainMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
