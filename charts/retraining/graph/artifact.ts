import type { Packaging } from '../../../config/model.js';
import { runFolders, trainingOutputs, trainingVariables } from '../../contract.js';
import { fetchSource } from '../../tasks/fetch-source.js';
import { noBase, packageModel, unscanned } from '../../tasks/package.js';
import { programParams } from '../../tasks/program-task.js';
import { sbom } from '../../tasks/sbom.js';
import { sealModel } from '../../tasks/seal-model.js';
import { resultOf, runName, stageResult, stepStage } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** Name of the stage that scans the files of a model. */
const scanModel = 'scan-model';

/** Looks at exactly the files that ship: their digest is taken before, and `package` refuses others. */
export function planModelScan({ model }: GraphContext): readonly Stage[] {
  const scan = model.packaging?.modelScan;
  if (scan === undefined) return [];
  const { image, command, args, env, secretEnv, resources, timeout } = scan;
  const { commit } = programParams;
  return [
    {
      kind: 'program',
      name: scanModel,
      params: { [commit.name]: resultOf(fetchSource, 'commit') },
      timeout,
      retries: 0,
      results: [],
      conditions: [],
      task: {
        step: 'scan',
        image,
        command,
        args,
        env: {
          ...env,
          [trainingVariables.model]: model.name,
          [trainingVariables.commit]: `$(params.${commit.name})`,
        },
        secretEnv,
        resources: { requests: { ...resources }, limits: { ...resources } },
        params: [commit],
        writes: false,
        before: [sealModel],
        folder: `${runFolders.output}/${trainingOutputs.files}`,
      },
    },
  ];
}

/** Makes an image of the files, so that one digest names what is scanned, signed and served. */
export function planPackage({ model }: GraphContext): readonly Stage[] {
  const { packaging } = model;
  if (packaging === undefined) return [];
  const { base, modelScan } = packaging;
  const params = {
    model: model.name,
    run: runName,
    source: model.source.url,
    commit: resultOf(fetchSource, 'commit'),
    files: modelScan === undefined ? unscanned : stageResult(scanModel, 'files'),
    repository: addressOf(packaging),
    base: base === undefined ? noBase : addressOfBase(base, packaging),
  };
  // Tekton Chains signs what a Pipeline says by these names.
  const results = {
    MODEL_IMAGE_URL: 'MODEL_IMAGE_URL',
    MODEL_IMAGE_DIGEST: 'MODEL_IMAGE_DIGEST',
    files: 'files',
  };
  return [stepStage(packageModel, params, { results })];
}

/** The list of what is in the image; beside it, what is scanned is the image. */
export function planSbom({ model }: GraphContext): readonly Stage[] {
  const { packaging } = model;
  if (packaging?.sbom !== true) return [];
  const params = {
    model: model.name,
    run: runName,
    repository: addressOf(packaging),
    digest: resultOf(packageModel, 'MODEL_IMAGE_DIGEST'),
    files: resultOf(packageModel, 'files'),
  };
  return [stepStage(sbom, params, { results: { sbom: 'sbom' } })];
}

function addressOf({ repository, plainHttp }: Packaging): string {
  return `${plainHttp ? 'http://' : ''}${repository}`;
}

/** Of one registry, all of it is reached in the same way. */
function addressOfBase(base: string, { repository, plainHttp }: Packaging): string {
  const isNear = base.split('/')[0] === repository.split('/')[0];
  return `${plainHttp && isNear ? 'http://' : ''}${base}`;
}
