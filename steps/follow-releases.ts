import type { z } from 'zod';
import { followReleases as contract } from '../charts/tasks/register.js';
import { parseRelease } from '../config/release-files.js';
import type { Release } from '../config/release.js';
import { OutsideError } from '../gitops/outside-error.js';
import { readQuarantine } from '../gitops/target/target-releases.js';
import { Target } from '../gitops/target/target.js';
import type { TargetTree } from '../gitops/target/target-tree.js';
import { demand } from './demand.js';
import { openRemote } from './open-remote.js';
import { registryProperties } from './registry/model-registry.js';
import type { ModelRegistry } from './registry/model-registry.js';
import { openRegistry } from './registry/open-registry.js';
import { StepFailure } from './step-failure.js';
import type { Step, StepContext } from './step.js';

type Request = z.output<typeof contract.params>;

/** What of a model is recorded. */
interface Records {
  readonly model: string;
  readonly releases: readonly Release[];
  readonly quarantined: readonly string[];
}

/**
 * Labels what runs where, as the records say, and registers what runs and is not known. A model that fails does not hold
 * up the others; the next time corrects it.
 */
export const followReleases: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const environments = request.environments.split(',');
    const server = { url: request.registryUrl, ...context.server('registry') };
    const registry = openRegistry(request.registryKind, server);
    const failures: string[] = [];
    for (const records of await readRecords(request, environments, context)) {
      try {
        await follow(registry, records, environments, context);
      } catch (error) {
        if (!(error instanceof OutsideError)) throw error;
        failures.push(`${records.model}: ${error.message}`);
      }
    }
    if (failures.length > 0) throw new StepFailure(`Not all models were followed: ${failures.join('; ')}.`);
    return {};
  },
};

async function follow(
  registry: ModelRegistry,
  { model, releases, quarantined }: Records,
  environments: readonly string[],
  { log }: StepContext,
): Promise<void> {
  for (const release of releases) await registry.ensure(describeVersion(release));
  const running = new Map(
    environments.map((name) => [name, releases.find(({ environment }) => environment === name)?.version]),
  );
  for (const change of await registry.label(model, { environments: running, quarantined })) log(`${change}.`);
}

/** What a record knows of a version that no run has registered. */
function describeVersion({ model, version, image, commit, by, metrics, dataSnapshot }: Release) {
  return {
    model,
    version,
    image,
    description: '',
    properties: {
      [registryProperties.image]: image,
      [registryProperties.run]: by,
      ...(commit !== undefined && { [registryProperties.commit]: commit }),
      ...(dataSnapshot !== undefined && { [registryProperties.dataSnapshot]: dataSnapshot }),
      [registryProperties.metrics]: JSON.stringify(metrics),
    },
  };
}

async function readRecords(
  { targetRepository, targetBranch }: Request,
  environments: readonly string[],
  { credentials }: StepContext,
): Promise<readonly Records[]> {
  const target = await Target.open(openRemote(targetRepository, credentials));
  try {
    const tree = await target.fetch(targetBranch);
    const releases = await readReleases(tree, environments);
    const models = [...new Set(releases.map(({ model }) => model))].sort();
    return await Promise.all(
      models.map(async (model) => ({
        model,
        releases: releases.filter((release) => release.model === model),
        quarantined: demand(await readQuarantine(tree, model)).map(({ version }) => version),
      })),
    );
  } finally {
    await target.close();
  }
}

async function readReleases(tree: TargetTree, environments: readonly string[]): Promise<readonly Release[]> {
  const paths = [...tree.entries.keys()].filter((path) => {
    const [folder, environment = '', file = '', ...more] = path.split('/');
    return (
      folder === 'releases' &&
      environments.includes(environment) &&
      file.endsWith('.yaml') &&
      more.length === 0
    );
  });
  const contents = await tree.read(paths);
  return paths.map((path) => {
    const release = parseRelease(contents.get(path)?.toString('utf8') ?? '', path);
    if (release !== undefined) return release;
    throw new StepFailure(`${path} of the GitOps repository cannot be read: restore it from the history.`);
  });
}
