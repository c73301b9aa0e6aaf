import type { KeyPath } from './key-path.js';
import type { YamlFile } from './yaml-file.js';

/** A file with the numbers directly below a map as the texts that were written: the version `1.10` is not 1.1. */
export function withWrittenTexts(file: YamlFile, path: KeyPath): YamlFile {
  const data = mapAt(file.data, path, (key, value) =>
    typeof value === 'number' ? (file.writtenScalar([...path, key]) ?? value) : value,
  );
  return {
    name: file.name,
    data,
    valuePosition: (place) => file.valuePosition(place),
    keyPosition: (place) => file.keyPosition(place),
    characterPosition: (place, index) => file.characterPosition(place, index),
    writtenScalar: (place) => file.writtenScalar(place),
  };
}

/** A copy of the data with each value of the map at a path replaced; what is no map stays as it is. */
function mapAt(data: unknown, path: KeyPath, replace: (key: string, value: unknown) => unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  const [next, ...rest] = path;
  const entries = Object.entries(data).map(([key, value]: [string, unknown]): [string, unknown] => {
    if (next === undefined) return [key, replace(key, value)];
    return [key, key === next ? mapAt(value, rest, replace) : value];
  });
  return Object.fromEntries(entries);
}
