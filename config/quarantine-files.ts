import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Checked } from '../problems/problem.js';
import { hasErrors } from '../problems/problem.js';
import { isAbsent, isFolder } from './load/read-folder.js';
import { parseYaml, readYaml } from './load/parse-yaml.js';
import type { YamlFile } from './load/yaml-file.js';
import type { Workspace } from './model.js';
import { ProblemCollector } from './problem-collector.js';
import type { Finding } from './problem-collector.js';
import type { QuarantinedVersion, Quarantine } from './quarantine.js';
import { findQuarantined } from './quarantine.js';
import type { Releases } from './release.js';
import { releaseKey } from './release.js';
import { checkFile } from './schema/check-schema.js';
import { jsonSchemaOf } from './schema/json-schema.js';
import { quarantineSchema } from './schema/release-schema.js';

/** Begins with a dot, so that no environment can have its name. */
const folder = 'releases/.quarantine';

/** Path of a model's quarantine below the target's root. */
export function quarantinePath(model: string): string {
  return `${folder}/${model}.yaml`;
}

/** The text of a model's quarantine: the same one gives the same bytes. */
export function formatQuarantine(model: string, quarantine: Quarantine): string {
  const versions = quarantine.map(({ version, image, at, by, reason }) => ({
    version,
    image,
    at,
    by,
    ...(reason !== undefined && { reason }),
  }));
  return `${header}${stringify({ model, versions }, { lineWidth: 0 })}`;
}

const header = `# Versions that nobody may release; written by \`driftloop rollback --quarantine\`.
# \`driftloop lift <model> --version <version>\` takes one away.
`;

/** Reads the text of a model's quarantine. */
export function parseQuarantine(text: string, model: string): Checked<Quarantine> {
  const problems = new ProblemCollector();
  const { value: file, problems: found } = parseYaml(text, quarantinePath(model));
  problems.add(...found);
  const value = file && checkQuarantine(file, model, problems);
  return { value: hasErrors(problems.problems) ? undefined : value, problems: problems.problems };
}

/** Whoever serves a quarantined version goes on, because nothing better is known, but not in silence. */
export function warnQuarantined(
  directory: string,
  workspace: Workspace,
  releases: Releases,
  problems: ProblemCollector,
): void {
  if (!isFolder(join(directory, folder))) return;
  for (const { name: model, deployments } of workspace.models) {
    const path = quarantinePath(model);
    if (isAbsent(join(directory, path))) continue;
    const { value: file, problems: found } = readYaml(directory, path);
    problems.add(...found);
    const quarantine = (file && checkQuarantine(file, model, problems)) ?? [];
    if (file === undefined || quarantine.length === 0) continue;
    for (const { environment, serving } of deployments) {
      const served = releases.get(releaseKey(environment.name, model)) ?? serving?.initial;
      const bad = served && findQuarantined(quarantine, served);
      if (bad === undefined) continue;
      problems.warn(
        'CONFIG_RELEASE_QUARANTINED',
        { file, path: ['versions', quarantine.indexOf(bad), 'version'] },
        describeServed(bad, model, environment.name),
      );
    }
  }
}

function describeServed(bad: QuarantinedVersion, model: string, environment: string): Finding {
  const because = bad.reason === undefined ? '' : `: ${bad.reason}`;
  return {
    message: `\`${environment}\` serves version ${bad.version} of \`${model}\`, which is quarantined${because}.`,
    hint: `Go back to a good one with \`driftloop rollback ${model} --env ${environment}\`, or release another.`,
  };
}

function checkQuarantine(file: YamlFile, model: string, problems: ProblemCollector): Quarantine | undefined {
  const input = checkFile(quarantineSchema, () => jsonSchemaOf(quarantineSchema), file, problems);
  if (input === undefined || input.model === model) return input?.versions;
  const message = `The record is for the model \`${input.model}\`, but its path says \`${model}\`.`;
  const hint = 'Restore the record from the history of the repository.';
  problems.error('CONFIG_RELEASE_PLACE', { file, path: ['model'] }, { message, hint });
  return undefined;
}
