import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { readYaml } from '../../load/parse-yaml.js';
import { namesIn, isAbsent, isFolder, readFolder } from '../../load/read-folder.js';
import type { YamlFile } from '../../load/yaml-file.js';
import type { ProblemCollector } from '../../problem-collector.js';
import { TextualFile } from './textual-file.js';

export const toolingsFolder = 'toolings';
export const deploymentsFolder = 'model-deployments';
const appFile = 'config.yaml';

/** One `config.yaml` of the tree that says something. */
export interface CourseApp {
  /** Name of its folder. */
  readonly name: string;
  /** undefined: it belongs to the toolings. */
  readonly environment: string | undefined;
  /** Every number and boolean in it is text. */
  readonly file: TextualFile;
  /** The same file as YAML reads it. */
  readonly plain: YamlFile;
}

export interface CourseTree {
  /** Toolings first, then by environment; each sorted by name. */
  readonly apps: readonly CourseApp[];
  /** Folders below `model-deployments`, also those whose apps are all empty. */
  readonly environments: readonly string[];
}

/** Is this the GitOps tree of the course: folders of apps with a `config.yaml` each? */
export function isCourseTree(directory: string): boolean {
  const holdsApp = (folder: string) =>
    namesIn(join(directory, folder)).some((name) => !isAbsent(join(directory, folder, name, appFile)));
  const environments = namesIn(join(directory, deploymentsFolder));
  return holdsApp(toolingsFolder) || environments.some((name) => holdsApp(`${deploymentsFolder}/${name}`));
}

/** Reads every app of the tree. A file without content, such as one `---`, is an app that is not deployed yet. */
export function readCourseTree(directory: string, problems: ProblemCollector): CourseTree {
  const read = (folder: string, environment: string | undefined) =>
    subfolders(directory, folder, problems).flatMap((name) => {
      const place = `${folder}/${name}`;
      reportIgnored(directory, place, problems);
      const plain = readApp(directory, `${place}/${appFile}`, problems);
      return plain === undefined ? [] : [{ name, environment, plain, file: new TextualFile(plain) }];
    });
  const environments = subfolders(directory, deploymentsFolder, problems);
  const deployed = environments.flatMap((name) => read(`${deploymentsFolder}/${name}`, name));
  return { apps: [...read(toolingsFolder, undefined), ...deployed], environments };
}

function readApp(directory: string, path: string, problems: ProblemCollector): YamlFile | undefined {
  if (isAbsent(join(directory, path))) return undefined;
  const { value, problems: found } = readYaml(directory, path);
  problems.add(...found.filter(({ code }) => code !== 'CONFIG_FILE_EMPTY'));
  return value;
}

/** What an ApplicationSet would not find, or would give the name of another app. */
function reportIgnored(directory: string, place: string, problems: ProblemCollector): void {
  for (const entry of readFolder(directory, place, problems) ?? []) {
    const position = { file: `${place}/${entry.name}`, line: 1, column: 1 };
    if (/^config\.ya?ml$/i.test(entry.name) && entry.name !== appFile) {
      const hint = `Rename it to \`${appFile}\`.`;
      const message = `Only files that are called \`${appFile}\` are read.`;
      problems.errorAt('CONFIG_FILE_IGNORED', position, { message, hint });
    }
    const nested = `${place}/${entry.name}/${appFile}`;
    if (!isDirectory(directory, place, entry) || isAbsent(join(directory, nested))) continue;
    const message = 'Apps within the folder of another app are not read: two of them could have one name.';
    const hint = `Move it to \`${place.split('/').slice(0, -1).join('/')}/${entry.name}/${appFile}\`.`;
    problems.errorAt('CONFIG_FILE_IGNORED', { ...position, file: nested }, { message, hint });
  }
}

function subfolders(directory: string, folder: string, problems: ProblemCollector): readonly string[] {
  return (readFolder(directory, folder, problems) ?? [])
    .filter((entry) => isDirectory(directory, folder, entry))
    .map(({ name }) => name);
}

/** A link to a folder counts as one. */
function isDirectory(directory: string, folder: string, entry: Dirent): boolean {
  return entry.isDirectory() || (entry.isSymbolicLink() && isFolder(join(directory, folder, entry.name)));
}
