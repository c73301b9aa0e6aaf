import type { YamlFile } from '../load/yaml-file.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { Written } from '../resolve/resolve-model.js';
import { checkFile } from '../schema/check-schema.js';
import { jsonSchemas } from '../schema/json-schema.js';
import type { ModelInput } from '../schema/model-schema.js';
import { modelSchema } from '../schema/model-schema.js';
import { keepGoodSections } from './good-sections.js';
import { refuseTwin, warnFileName } from './model-file-names.js';
import type { ModelSource } from './model-source.js';

/** What a file says; at most one of both is there. */
interface CheckedModel {
  /** The file is right by itself. */
  readonly whole?: Written<ModelInput>;
  /** Sections that are right, of a file that is not. */
  readonly partial?: Written<ModelInput>;
}

export function checkModel(file: YamlFile, problems: ProblemCollector): CheckedModel {
  const input = checkFile(modelSchema, () => jsonSchemas().model, file, problems);
  if (input !== undefined) return { whole: { file, input } };
  const rest = keepGoodSections(file);
  return rest === undefined ? {} : { partial: { file, ...rest } };
}

/** What can be said of model files without a platform; returns what is left to be looked at. */
export function checkModelsAlone(
  sources: readonly ModelSource[],
  problems: ProblemCollector,
): readonly Written<ModelInput>[] {
  const owners = new Map<string, string>();
  return sources.flatMap((source) => {
    const opened = source.open();
    const parsed = opened.value?.parse();
    problems.add(...opened.problems, ...(parsed?.problems ?? []));
    const { whole, partial } = parsed?.value === undefined ? {} : checkModel(parsed.value, problems);
    const first = whole && owners.get(whole.input.model);
    if (whole === undefined) return partial ?? [];
    if (first !== undefined) {
      refuseTwin(whole, first, problems);
      return [];
    }
    owners.set(whole.input.model, whole.file.name);
    warnFileName(whole, problems);
    return [whole];
  });
}
