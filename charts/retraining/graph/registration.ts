import { fetchSource } from '../../tasks/fetch-source.js';
import { packageModel } from '../../tasks/package.js';
import { register } from '../../tasks/register.js';
import { trainedImage } from '../../tasks/release.js';
import { resultOf, runName, stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** Makes the version known before it is released; nothing where there is no registry, or nothing is released. */
export function planRegistration({ platform, model }: GraphContext): readonly Stage[] {
  const { registry, repository, source } = platform;
  if (registry === undefined || repository === undefined || source === undefined) return [];
  const params = {
    model: model.name,
    run: runName,
    commit: resultOf(fetchSource, 'commit'),
    image: model.packaging === undefined ? trainedImage : resultOf(packageModel, 'image'),
    sourceRepository: model.source.url,
    registryKind: registry.kind,
    registryUrl: registry.url,
  };
  return [stepStage(register, params, { results: { registered: 'registered' } })];
}
