import { createHash } from 'node:crypto';
import { builtInPlatform } from '../catalogue/defaults.js';
import type { IgnoredEntry } from '../load/find-files.js';
import { findFiles } from '../load/find-files.js';
import { valueAt } from '../load/key-path.js';
import { parseYaml } from '../load/parse-yaml.js';
import { readText } from '../load/read-text.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { ProblemCollector } from '../problem-collector.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { ModelSource } from './model-source.js';
import { checkGlob } from '../values/glob.js';

/**
 * The files that `models` of driftloop.yaml names, each once and in the order of their paths; none is read yet.
 * @param platformText what else their models are made of
 */
export function listModelSources(
  directory: string,
  platform: YamlFile | undefined,
  platformText: string,
  problems: ProblemCollector,
): readonly ModelSource[] {
  return listModels(directory, platform, problems).map((name) => ({
    name,
    open() {
      const { value: text, problems: unread } = readText(directory, name);
      if (text === undefined) return { value: undefined, problems: unread };
      const key = createHash('sha1')
        .update(JSON.stringify([platformText, name, text]))
        .digest('hex');
      return { value: { key, parse: () => parseYaml(text, name) }, problems: unread };
    },
  }));
}

function listModels(
  directory: string,
  platform: YamlFile | undefined,
  problems: ProblemCollector,
): readonly string[] {
  const written: unknown = valueAt(platform?.data, ['models']);
  const globs = Array.isArray(written) ? (written as unknown[]) : builtInPlatform.models;
  // The schema reports the others.
  const usable = globs.flatMap((glob, index) =>
    typeof glob === 'string' && checkGlob(glob) === undefined ? [{ glob, index }] : [],
  );
  const { matches, ignored, incomplete } = findFiles(
    directory,
    usable.map(({ glob }) => glob),
    problems,
  );
  const owners = new Map<string, string>();
  usable.forEach(({ glob, index }, position) => {
    const place =
      platform === undefined || written === undefined
        ? undefined
        : { file: platform, path: ['models', index] };
    const files = matches[position] ?? [];
    if (files.length === 0 && !incomplete && place !== undefined) {
      const message = `No file matches \`${glob}\`.`;
      problems.warn('CONFIG_GLOB_EMPTY', place, { message, hint: 'Correct the pattern, or remove it.' });
    }
    const twice = files.find((file) => owners.has(file) && owners.get(file) !== glob);
    if (twice !== undefined && place !== undefined) {
      const message = `\`${glob}\` matches \`${twice}\`, which \`${owners.get(twice) ?? ''}\` matches already.`;
      problems.warn('CONFIG_GLOB_OVERLAP', place, { message, hint: 'Remove one; a file is read once.' });
    }
    for (const file of files) if (!owners.has(file)) owners.set(file, glob);
  });
  for (const entry of ignored) reportIgnored(entry, problems);
  if (owners.size === 0 && !incomplete && written === undefined) reportNone(problems);
  return [...owners.keys()].sort();
}

function reportNone(problems: ProblemCollector): void {
  problems.warnAt(
    'CONFIG_NO_MODELS',
    { file: platformFile, line: 1, column: 1 },
    {
      message: `The workspace has no \`${builtInPlatform.models.join('`, `')}\`.`,
      hint: 'Describe a model in a file of its own; `driftloop init` in an empty folder shows how.',
    },
  );
}

/** A model that is left out silently would lose its alerts. */
function reportIgnored({ path: file, kind }: IgnoredEntry, problems: ProblemCollector): void {
  const position = { file, line: 1, column: 1 };
  if (kind === 'file') {
    const hint = `Rename it to \`${file.replace(/\.ya?ml$/i, '.yaml')}\`.`;
    problems.errorAt('CONFIG_FILE_IGNORED', position, {
      message: 'Only files that end in `.yaml` are read.',
      hint,
    });
  } else if (kind === 'link') {
    const message = 'A link to a folder is not followed.';
    problems.warnAt('CONFIG_FILE_IGNORED', position, {
      message,
      hint: 'Name the folder itself in `models`.',
    });
  } else {
    const parent = file.slice(0, file.lastIndexOf('/'));
    problems.warnAt('CONFIG_FILE_IGNORED', position, {
      message: 'Subfolders are not read.',
      hint: `Put models into \`${parent}/\` itself, or write \`models: [${parent}/**/*.yaml]\` into \`${platformFile}\`.`,
    });
  }
}
