import { fetchSource } from '../../tasks/fetch-source.js';
import { packageModel } from '../../tasks/package.js';
import { release, trainedImage } from '../../tasks/release.js';
import { resultOf, runName, stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** Brings what was trained to the first environment; nothing where there is no repository to commit to. */
export function planRelease({ platform, model }: GraphContext): readonly Stage[] {
  const { repository, source } = platform;
  // Deployments stand in the order of promotion.
  const environment = model.deployments[0]?.environment.name;
  if (repository === undefined || source === undefined || environment === undefined) return [];
  const params = {
    model: model.name,
    environment,
    run: runName,
    commit: resultOf(fetchSource, 'commit'),
    image: model.packaging === undefined ? trainedImage : resultOf(packageModel, 'image'),
    targetRepository: repository.url,
    targetBranch: repository.branch,
    sourceRepository: source.url,
    sourceBranch: source.branch,
    sourcePath: source.path === '' ? '.' : source.path,
  };
  return [stepStage(release, params, { results: { version: 'version', image: 'image', commit: 'release' } })];
}
