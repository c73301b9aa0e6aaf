import { checkRelease, formatRelease, releasePath } from '../../config/release-files.js';
import { releaseKey } from '../../config/release.js';
import type { Release, Releases } from '../../config/release.js';
import { checkModelImage } from '../../config/values/image.js';
import type { Checked, Problem } from '../../problems/problem.js';
import type { Amendment } from './delivery.js';
import type { CommitReference } from './hydrator-metadata.js';
import { findPublishedCommit } from '../target/published-commit.js';
import { publish } from './publish.js';
import type { PublishRequest, PublishResult } from './publish.js';
import type { TargetTree } from '../target/target-tree.js';

export interface ReleaseRequest extends Omit<
  PublishRequest,
  'amend' | 'selection' | 'subject' | 'reference'
> {
  readonly release: Release;
  /**
   * Commit of the workspace the unit must still be rendered from (findPublishedCommit), where it was looked up before; a
   * publication in between would otherwise be undone for this unit, and is a GITOPS_SOURCE_MOVED instead.
   * @default - whatever it is rendered from, `source` replaces it
   */
  readonly publishedFrom?: string | undefined;
}

/**
 * Records a release in the target and delivers the model's unit rendered with it, in one commit. The same version and
 * image recorded already is nothing to do. Of what else is rendered, only what a new unit needs to be applied comes along.
 */
export async function release(request: ReleaseRequest): Promise<Checked<PublishResult>> {
  const { release: record, workspace } = request;
  const problems = checkRequest(request);
  if (problems.length > 0) return { value: undefined, problems };
  const source = workspace.models.find((model) => model.name === record.model)?.source.url;
  const reference: CommitReference | undefined =
    record.commit === undefined ? undefined : { sha: record.commit, repositoryUrl: source };
  return publish({
    ...request,
    selection: { environments: [record.environment], models: [record.model] },
    subject: `release(${record.environment}/${record.model}): version ${record.version}`,
    reference,
    amend: async (releases, target) => {
      const moved = await findMove(target, request);
      return moved.length > 0
        ? { value: undefined, problems: moved }
        : { value: addRelease(releases, record), problems: [] };
    },
  });
}

async function findMove(target: TargetTree, request: ReleaseRequest): Promise<readonly Problem[]> {
  const { publishedFrom, release: record } = request;
  if (publishedFrom === undefined) return [];
  const { value, problems } = await findPublishedCommit(target, record.environment, record.model);
  if (value === publishedFrom || problems.length > 0) return problems;
  return [
    {
      code: 'GITOPS_SOURCE_MOVED',
      severity: 'error',
      message: `${record.model} in ${record.environment} was published from commit ${value ?? 'unknown'} meanwhile, no longer from ${publishedFrom}`,
      hint: 'Render the release again, from the newer commit.',
    },
  ];
}

function addRelease(releases: Releases, record: Release): Amendment {
  const { environment, model, version, image } = record;
  const key = releaseKey(environment, model);
  const current = releases.get(key);
  if (current?.version === version && current.image === image)
    return { releases, environment, files: new Map() };
  return {
    releases: new Map([...releases, [key, record]]),
    environment,
    files: new Map([[releasePath(environment, model), formatRelease(record)]]),
  };
}

function checkRequest({ release: record, workspace }: ReleaseRequest): readonly Problem[] {
  const problems: Problem[] = [];
  const fault = checkModelImage(record.image);
  if (fault !== undefined) {
    problems.push({
      code: 'GITOPS_RELEASE_DIGEST',
      severity: 'error',
      message: `the image "${record.image}" of the release ${fault.message}`,
      ...(fault.hint === undefined ? {} : { hint: fault.hint }),
    });
  }
  const environments = workspace.environments.map(({ name }) => name);
  if (!environments.includes(record.environment))
    problems.push(unknown('environment', record.environment, environments));
  const models = workspace.models.map(({ name }) => name);
  if (!models.includes(record.model)) problems.push(unknown('model', record.model, models));
  // Only what would also be read back: a broken record stops every later publication.
  return problems.length > 0 ? problems : checkRelease(record);
}

function unknown(what: string, name: string, known: readonly string[]): Problem {
  return {
    code: 'GITOPS_RELEASE_UNKNOWN',
    severity: 'error',
    message: `the workspace has no ${what} "${name}"`,
    hint: `It has: ${known.join(', ')}.`,
  };
}
