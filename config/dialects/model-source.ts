import type { Checked } from '../../problems/problem.js';
import type { YamlFile } from '../load/yaml-file.js';

/** A model file that is read when its turn comes, so that only one at a time needs memory. */
export interface ModelSource {
  /** Path relative to the workspace. */
  readonly name: string;
  /** What can be told about it before it is parsed. */
  open(): Checked<OpenSource>;
}

export interface OpenSource {
  /** Stands for all that the model is made of: the file and what is said about all models; undefined: who knows. */
  readonly key: string | undefined;
  parse(): Checked<YamlFile>;
}

/** A file that exists in memory anyway. */
export function asSource(file: YamlFile): ModelSource {
  const open: OpenSource = { key: undefined, parse: () => ({ value: file, problems: [] }) };
  return { name: file.name, open: () => ({ value: open, problems: [] }) };
}
