import { stringify } from 'yaml';
import type { Checked, Problem } from '../problems/problem.js';
import { hasErrors } from '../problems/problem.js';
import { parseYaml, readYaml } from './load/parse-yaml.js';
import { readFolder } from './load/read-folder.js';
import type { YamlFile } from './load/yaml-file.js';
import type { Workspace } from './model.js';
import { ProblemCollector } from './problem-collector.js';
import { warnQuarantined } from './quarantine-files.js';
import type { Pin, Release, Releases } from './release.js';
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
  for (const { environment, file } of listRecords(directory, workspace, problems)) {
    const name = { environment, model: file.replace(/\.ya?ml$/, '') };
    const unused = isUnused(name, workspace);
    if (file.endsWith('.yml') && !unused) reportMisnamed(name, problems);
    if (!file.endsWith('.yaml')) continue;
    if (unused) warnUnused(name, workspace, problems);
    else {
      const release = readRelease(directory, name, problems);
      if (release !== undefined) releases.set(releaseKey(environment, name.model), release);
    }
  }
  warnQuarantined(directory, workspace, releases, problems);
  return { value: hasErrors(problems.problems) ? undefined : releases, problems: problems.problems };
}

/** A record as it was at some time; undefined: it could not be read then. */
export function parseRelease(text: string, file: string): Release | undefined {
  const { value: parsed } = parseYaml(text, file);
  const input = parsed && checkRecord(parsed, new ProblemCollector());
  return input && { ...input, commit: input.commit, metrics: input.metrics ?? {} };
}

/** What is wrong with a release before it is written: a record that cannot be read would stop every later publication. */
export function checkRelease(release: Release): readonly Problem[] {
  const problems = new ProblemCollector();
  const { value: file, problems: found } = parseYaml(formatRelease(release), '');
  problems.add(...found);
  if (file !== undefined) checkRecord(file, problems);
  // The record is in no file yet.
  return problems.problems.map(({ position: _nowhere, ...problem }) => problem);
}

/** The text of a release record: the same release gives the same bytes. */
export function formatRelease(release: Release): string {
  const { model, environment, version, image, releasedAt, by, origin, commit, metrics } = release;
  const { verified, pinned } = release;
  const { spread = {}, gates = {}, dataSnapshot } = release;
  const record = {
    model,
    environment,
    version,
    image,
    releasedAt,
    by,
    ...(origin && {
      origin: { environment: origin.environment, releasedAt: origin.releasedAt, by: origin.by },
    }),
    ...(commit !== undefined && { commit }),
    ...(Object.keys(metrics).length > 0 && { metrics: sortKeys(metrics) }),
    ...(Object.keys(spread).length > 0 && { spread: sortKeys(spread) }),
    ...(Object.keys(gates).length > 0 && { gates: sortKeys(gates) }),
    ...(dataSnapshot !== undefined && { dataSnapshot }),
    ...(verified && { verified: { environment: verified.environment, at: verified.at, by: verified.by } }),
    ...(pinned && { pinned: formatPin(pinned) }),
  };
  return `${header}${stringify(record, { lineWidth: 0 })}`;
}

function sortKeys<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(entries).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function formatPin({ at, by, insteadOf, reason }: Pin): object {
  return { at, by, insteadOf, ...(reason !== undefined && { reason }) };
}

const header = `# Written by driftloop; change it with \`driftloop release\`.\n`;

interface ReleaseName {
  readonly environment: string;
  readonly model: string;
}

function isUnused({ environment, model }: ReleaseName, { environments, models }: Workspace): boolean {
  return environments.every(({ name }) => name !== environment) || models.every(({ name }) => name !== model);
}

function warnUnused(
  { environment, model }: ReleaseName,
  { environments }: Workspace,
  problems: ProblemCollector,
): void {
  const missing = environments.some(({ name }) => name === environment)
    ? `model \`${model}\``
    : `environment \`${environment}\``;
  const position = { file: releasePath(environment, model), line: 1, column: 1 };
  problems.warnAt('CONFIG_RELEASE_UNUSED', position, {
    message: `The workspace has no ${missing}; the release is not used.`,
    hint: 'Delete the record when the model is gone for good.',
  });
}

/** Left out silently, the record would let the model fall back to its initial version. */
function reportMisnamed({ environment, model }: ReleaseName, problems: ProblemCollector): void {
  const file = releasePath(environment, model);
  const position = { file: file.replace(/\.yaml$/, '.yml'), line: 1, column: 1 };
  problems.errorAt('CONFIG_FILE_IGNORED', position, {
    message: 'Only files that end in `.yaml` are read.',
    hint: `Rename it to \`${file}\`.`,
  });
}

function readRelease(directory: string, name: ReleaseName, problems: ProblemCollector): Release | undefined {
  const { value: file, problems: found } = readYaml(directory, releasePath(name.environment, name.model));
  problems.add(...found);
  const input = file && checkRecord(file, problems);
  if (file === undefined || input === undefined) return undefined;
  for (const key of ['environment', 'model'] as const) {
    if (input[key] === name[key]) continue;
    const message = `The record is for the ${key} \`${input[key]}\`, but its path says \`${name[key]}\`.`;
    const hint = 'Restore the record from the history of the repository.';
    problems.error('CONFIG_RELEASE_PLACE', { file, path: [key] }, { message, hint });
  }
  const { commit, metrics = {}, ...rest } = input;
  return { ...rest, commit, metrics };
}

function checkRecord(file: YamlFile, problems: ProblemCollector) {
  return checkFile(releaseSchema, () => jsonSchemaOf(releaseSchema), file, problems);
}

/** Files that may be records, in order. */
function listRecords(
  directory: string,
  { environments }: Workspace,
  problems: ProblemCollector,
): readonly { readonly environment: string; readonly file: string }[] {
  const known = new Set(environments.map(({ name }) => name));
  return (readFolder(directory, root, problems) ?? [])
    .filter((entry) => entry.isDirectory() || known.has(entry.name))
    .flatMap(({ name: environment }) =>
      (readFolder(directory, `${root}/${environment}`, problems) ?? []).map(({ name }) => ({
        environment,
        file: name,
      })),
    );
}
