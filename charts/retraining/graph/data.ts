import { limitResources } from '../../container-resources.js';
import { runFolders, trainingVariables } from '../../contract.js';
import { clearData } from '../../tasks/clear-data.js';
import { fetchSource } from '../../tasks/fetch-source.js';
import { programParams, volumePath } from '../../tasks/program-task.js';
import { takeSnapshot } from '../../tasks/take-snapshot.js';
import { resultOf, stageResult } from './stage.js';
import type { GraphContext, Stage } from './stage.js';

/** Name of the stage that fetches the data. */
const collectData = 'collect-data';

/** Which data a run trains on, where its model says how data is fetched. */
export const snapshotOfRun = stageResult(collectData, 'snapshot');

/** The user's program that fetches the data, with an empty folder for it. */
export function planData({ model }: GraphContext): readonly Stage[] {
  const { data } = model;
  if (data === undefined) return [];
  const { commit } = programParams;
  const { image, command, args, env, secretEnv, resources, timeout, retries } = data;
  return [
    {
      kind: 'program',
      name: collectData,
      params: { [commit.name]: resultOf(fetchSource, 'commit') },
      timeout,
      retries,
      results: [{ name: 'snapshot', value: snapshotOfRun, description: takeSnapshot.results.snapshot }],
      conditions: [],
      task: {
        step: 'collect',
        image,
        command,
        args,
        env: {
          ...env,
          [trainingVariables.data]: `${volumePath}/${runFolders.data}`,
          [trainingVariables.model]: model.name,
          [trainingVariables.commit]: `$(params.${commit.name})`,
        },
        secretEnv,
        resources: limitResources(resources),
        params: [commit],
        writes: true,
        before: [clearData],
        after: [takeSnapshot],
      },
    },
  ];
}
