import type { Construct } from 'constructs';
import type { Platform } from '../../config/model.js';
import { Task } from '../../imports/tekton.dev.js';
import { labels, syncWave } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { admit } from '../tasks/admit.js';
import { evaluate } from '../tasks/evaluate.js';
import { fetchSource } from '../tasks/fetch-source.js';
import { release } from '../tasks/release.js';
import { taskName } from '../tasks/step-contract.js';
import type { TaskContract } from '../tasks/step-contract.js';
import { stepTaskSpec } from '../tasks/step-task.js';

/** Every Task there is, in the order of a run. */
export const taskContracts: readonly TaskContract[] = [admit, fetchSource, evaluate, release];

export interface RetrainingTasksProps {
  /** Decides namespace, image and Git credentials. */
  readonly platform: Platform;
}

/** The Tasks that the Pipelines of all models share. */
export class RetrainingTasks extends DriftloopChart {
  constructor(scope: Construct, id: string, { platform }: RetrainingTasksProps) {
    super(scope, id, { namespace: platform.namespaces.toolings });
    for (const contract of taskContracts) {
      new Task(this, contract.name, {
        metadata: {
          name: taskName(contract),
          annotations: { [syncWave.annotation]: syncWave.pipelines },
          labels: { [labels.component]: contract.name },
        },
        spec: stepTaskSpec(contract, platform),
      });
    }
  }
}
