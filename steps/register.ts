import { register as contract } from '../charts/tasks/register.js';
import { trainedImage } from '../charts/tasks/release.js';
import { describeEvaluated } from './evaluation/evaluated.js';
import { nameVersion } from './name-version.js';
import { readRun } from './pipeline-run.js';
import { registryProperties } from './registry/model-registry.js';
import { openRegistry } from './registry/open-registry.js';
import { findRunFile } from './run-file.js';
import { StepFailure } from './step-failure.js';
import type { Step } from './step.js';
import { readModelImage } from './training-output.js';
import { runFolders } from '../charts/contract.js';

/** Makes the trained version known, with all that it comes from; a version that is known stays as it is. */
export const register: Step<typeof contract> = {
  contract,
  async perform(request, context) {
    const { model, run, commit, sourceRepository, registryKind, registryUrl } = request;
    const workspace = context.workspace();
    const found = await readRun(context.api(), run);
    if (found === undefined) throw new StepFailure(`The PipelineRun ${run} is gone.`);
    const version = nameVersion(found.created, commit);
    const image = request.image === trainedImage ? await readModelImage(workspace) : request.image;
    const { metrics, dataSnapshot } = await describeEvaluated(workspace);
    const properties = {
      image,
      run,
      startedBy: found.startedBy,
      event: found.event,
      commit,
      source: sourceRepository,
      dataSnapshot,
      metrics: JSON.stringify(metrics),
    };
    const registry = openRegistry(registryKind, { url: registryUrl, ...context.server('registry') });
    const registered = await registry.ensure({
      model,
      version,
      image,
      description: await describe(workspace),
      properties: nameProperties(properties),
    });
    context.log(`Version ${version} of ${model} is registered as ${registered}.`);
    return { version, registered };
  },
};

/** Longest description, in characters, that every registry takes. */
const descriptionLimit = 4000;

async function describe(workspace: string): Promise<string> {
  const table = (await findRunFile(workspace, runFolders.report, 'evaluation.md')) ?? '';
  return table.length <= descriptionLimit ? table : `${table.slice(0, descriptionLimit)}\n…`;
}

function nameProperties(
  values: Readonly<Partial<Record<keyof typeof registryProperties, string | undefined>>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(registryProperties).flatMap(([key, name]) => {
      const value = values[key as keyof typeof registryProperties]; // entries() forgets the keys.
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
