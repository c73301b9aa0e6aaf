import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Checked } from '../problems/problem.js';
import { hasErrors } from '../problems/problem.js';
import { readYaml } from './load/parse-yaml.js';
import { describeSystemError } from './load/read-text.js';
import type { Workspace } from './model.js';
import { ProblemCollector } from './problem-collector.js';
import type { Release, Releases } from './release.js';
import { releaseKey } from './release.js';
import { checkFile } from './schema/check-schema.js';
import { jsonSchemaOf } from './schema/json-schema.js';
import { releaseSchema } from './schema/release-schema.js';

const root = 'releases';

/** Path of a release record below the target's root. */
export function releasePath(environment: string, model: string): string {
  return `${root}/${environment}/${model}.yaml`;
}

/**
 * Reads `releases/<environment>/<model>.yaml` below a directory, usually a checkout of the target.
 * Records of models or environments the workspace does not have are reported and left out.
 */
export function loadReleases(directory: string, workspace: Workspace): Checked<Releases> {
  const problems = new ProblemCollector();
  const releases = new Map<string, Release>();
  for (const environment of listNames(directory, root, problems)) {
    for (const file of listNames(directory, `${root}/${environment}`, problems)) {
      const model = file.replace(/\.yaml$/, '');
      if (model === file || isUnused({ environment, model }, workspace, problems)) continue;
      const release = readRelease(directory, { environment, model }, problems);
      if (release !== undefined) releases.set(releaseKey(environment, model), release);
    }
  }
  return { value: hasErrors(problems.problems) ? undefined : releases, problems: problems.problems };
}

/** The text of a release record: the same release gives the same bytes. */
export function formatRelease(release: Release): string {
  const { model, environment, version, image, releasedAt, by, commit, metrics } = release;
  const sorted = Object.fromEntries(
    Object.entries(metrics).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
  const record = {
    model,
    environment,
    version,
    image,
    releasedAt,
    by,
    ...(commit !== undefined && { commit }),
    ...(Object.keys(sorted).length > 0 && { metrics: sorted }),
  };
  return `${header}${stringify(record, { lineWidth: 0 })}`;
}

const header = `# Written by driftloop; change it with \`driftloop release\`, \`promote\` or \`rollback\`.\n`;

interface ReleaseName {
  readonly environment: string;
  readonly model: string;
}

function isUnused(
  { environment, model }: ReleaseName,
  workspace: Workspace,
  problems: ProblemCollector,
): boolean {
  const missing = [
    ...(workspace.environments.some(({ name }) => name === environment)
      ? []
      : [`environment \`${environment}\``]),
    ...(workspace.models.some(({ name }) => name === model) ? [] : [`model \`${model}\``]),
  ];
  if (missing.length === 0) return false;
  const position = { file: releasePath(environment, model), line: 1, column: 1 };
  const message = `The workspace has no ${missing.join(' and no ')}; the release is not used.`;
  problems.warnAt('CONFIG_RELEASE_UNUSED', position, {
    message,
    hint: 'Delete the record when the model is gone for good.',
  });
  return true;
}

function readRelease(directory: string, name: ReleaseName, problems: ProblemCollector): Release | undefined {
  const { value: file, problems: found } = readYaml(directory, releasePath(name.environment, name.model));
  problems.add(...found);
  const input = file && checkFile(releaseSchema, () => jsonSchemaOf(releaseSchema), file, problems);
  if (file === undefined || input === undefined) return undefined;
  for (const key of ['environment', 'model'] as const) {
    if (input[key] === name[key]) continue;
    const message = `The record is of the ${key} \`${input[key]}\`, but its path says \`${name[key]}\`.`;
    problems.error('CONFIG_RELEASE_PLACE', { file, path: [key] }, { message });
  }
  const { commit, metrics = {}, ...rest } = input;
  return { ...rest, commit, metrics };
}

/** Sorted; nothing when there is no such folder. */
function listNames(directory: string, folder: string, problems: ProblemCollector): readonly string[] {
  const path = join(directory, folder);
  if (!existsSync(path)) return [];
  try {
    const visible = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
    const wanted = folder === root ? visible.filter((entry) => entry.isDirectory()) : visible;
    return wanted.map(({ name }) => name).sort();
  } catch (error) {
    const position = { file: folder, line: 1, column: 1 };
    problems.errorAt('CONFIG_FILE_UNREADABLE', position, {
      message: `The folder cannot be read: ${describeSystemError(error)}.`,
    });
    return [];
  }
}
