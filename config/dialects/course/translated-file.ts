import type { Position } from '../../../problems/problem.js';
import type { KeyPath } from '../../load/key-path.js';
import { valueAt } from '../../load/key-path.js';
import type { YamlFile } from '../../load/yaml-file.js';
import type { Place } from '../../problem-collector.js';

/** Where a value of the native input comes from. */
export interface Provenance {
  readonly path: KeyPath;
  readonly place: Place;
  /** Carried over as it stands there with everything in it, made of what stands there, or assumed because of it. */
  readonly way: 'carried' | 'made' | 'assumed';
}

/** A native file that nobody wrote: its data, and for each value the place in the user's own files it comes from. */
export class TranslatedFile implements YamlFile {
  private readonly content: Record<string, unknown> = {};
  private readonly byPath = new Map<string, Provenance>();

  constructor(readonly name: string) {}

  get data(): Readonly<Record<string, unknown>> {
    return this.content;
  }

  /** Every translated value, in the order they were put here. */
  get provenance(): readonly Provenance[] {
    return [...this.byPath.values()];
  }

  /** Puts a value that was made of what stands at a place. */
  put(path: KeyPath, value: unknown, place: Place): void {
    this.set({ path, place, way: 'made' }, value);
  }

  /** Puts a value that nobody wrote, but that what stands at a place asks for. */
  assume(path: KeyPath, value: unknown, place: Place): void {
    this.set({ path, place, way: 'assumed' }, value);
  }

  /** Puts what stands at a place, as it is. */
  carry(path: KeyPath, place: Place): void {
    this.set({ path, place, way: 'carried' }, valueAt(place.file.data, place.path));
  }

  has(path: KeyPath): boolean {
    return valueAt(this.content, path) !== undefined;
  }

  valuePosition(path: KeyPath): Position {
    const { file, path: written } = this.placeOf(path);
    return file.valuePosition(written);
  }

  keyPosition(path: KeyPath): Position {
    const { file, path: written } = this.placeOf(path);
    return file.keyPosition(written);
  }

  characterPosition(path: KeyPath, index: number): Position {
    const { file, path: written } = this.placeOf(path);
    const same = valueAt(file.data, written) === valueAt(this.content, path);
    return same ? file.characterPosition(written, index) : file.valuePosition(written);
  }

  writtenScalar(path: KeyPath): string | undefined {
    const { file, path: written } = this.placeOf(path);
    return file.writtenScalar(written);
  }

  /** Where a value comes from; for what is not there, the nearest around it, else the first inside. */
  placeOf(path: KeyPath): Place {
    for (let length = path.length; length >= 0; length -= 1) {
      const found = this.byPath.get(JSON.stringify(path.slice(0, length)));
      if (found === undefined) continue;
      const rest = found.way === 'carried' ? path.slice(length) : [];
      return { ...found.place, path: [...found.place.path, ...rest] };
    }
    for (let length = path.length; length >= 0; length -= 1) {
      const around = path.slice(0, length);
      const inside = this.provenance.find((each) => around.every((part, index) => each.path[index] === part));
      if (inside !== undefined) return inside.place;
    }
    throw new Error(`nothing was translated to ${this.name}`);
  }

  private set(provenance: Provenance, value: unknown): void {
    const { path } = provenance;
    this.byPath.set(JSON.stringify(path), provenance);
    let container: Container = this.content;
    path.forEach((part, index) => {
      if (index === path.length - 1) assign(container, part, value);
      else container = enter(container, part, path[index + 1]);
    });
  }
}

/** The native input that a course tree stands for. */
export interface Translation {
  readonly platform: TranslatedFile;
  readonly models: readonly TranslatedFile[];
}

type Container = Record<string | number, unknown> | unknown[];

function enter(container: Container, part: string | number, next: string | number | undefined): Container {
  const present = valueAt(container, [part]);
  if (typeof present === 'object' && present !== null) return present as Container; // A map or a list.
  const made: Container = typeof next === 'number' ? [] : {};
  assign(container, part, made);
  return made;
}

function assign(container: Container, part: string | number, value: unknown): void {
  Object.defineProperty(container, part, { value, enumerable: true, writable: true, configurable: true });
}
