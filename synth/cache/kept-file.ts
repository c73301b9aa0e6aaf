import { deserialize, serialize } from 'node:v8';

/** Values by keys, each in a form of its own, so that those nobody asks for are neither read nor made again. */
export type Segments = ReadonlyMap<string, Uint8Array>;

/** All that is kept, by what it was made of: who is given the same finds the same. */
export interface Kept {
  readonly parts: Segments;
  readonly models: Segments;
  /** Files of the parts that are needed still. */
  readonly texts: readonly string[];
}

export const nothingKept: Kept = { parts: new Map(), models: new Map(), texts: [] };

interface Index {
  readonly parts: readonly (readonly [key: string, bytes: number])[];
  readonly models: Index['parts'];
  readonly texts: readonly string[];
}

const newline = 10;

/** One line that says what follows, and then segment after segment. */
export function packKept({ parts, models, texts }: Kept): Buffer {
  const index: Index = { parts: measure(parts), models: measure(models), texts };
  return Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...parts.values(), ...models.values()]);
}

/** @param bytes as they were packed */
export function unpackKept(bytes: Buffer): Kept {
  const end = bytes.indexOf(newline);
  const index = JSON.parse(bytes.toString('utf8', 0, end)) as Index; // As it was packed.
  let start = end + 1;
  const take = (sizes: Index['parts']): Segments =>
    new Map(sizes.map(([key, size]) => [key, bytes.subarray(start, (start += size))]));
  return { parts: take(index.parts), models: take(index.models), texts: index.texts };
}

function measure(segments: Segments): Index['parts'] {
  return [...segments].map(([key, { length }]) => [key, length]);
}

/** A value that was kept in the same form. */
export function readSegment(segment: Uint8Array): unknown {
  return deserialize(segment);
}

export function makeSegment(value: unknown): Uint8Array {
  return serialize(value);
}
