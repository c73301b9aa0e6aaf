import type { Construct } from 'constructs';
import type { Model, Platform } from '../../config/model.js';
import { Task } from '../../imports/tekton.dev.js';
import { labels, syncWave } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { taskName } from '../tasks/step-contract.js';
import type { TaskContract } from '../tasks/step-contract.js';
import { stepTaskSpec } from '../tasks/step-task.js';
import { taskContracts } from '../tasks/task-contracts.js';
import { listStages, planPipeline } from './graph/plan-pipeline.js';

export interface RetrainingTasksProps {
  /** Decides namespace, image and credentials. */
  readonly platform: Platform;
  /** Those that are retrained; Tasks that none of them needs are left out. */
  readonly models: readonly Model[];
}

/** The Tasks that the Pipelines of all models share. */
export class RetrainingTasks extends DriftloopChart {
  constructor(scope: Construct, id: string, { platform, models }: RetrainingTasksProps) {
    super(scope, id, { namespace: platform.namespaces.toolings });
    const needed = listNeeded(platform, models);
    for (const contract of taskContracts) {
      if (!needed.has(contract.name)) continue;
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

function listNeeded(platform: Platform, models: readonly Model[]): ReadonlySet<TaskContract['name']> {
  return new Set(
    models
      .flatMap((model) =>
        model.training === undefined
          ? []
          : listStages(planPipeline({ platform, model, training: model.training })),
      )
      .flatMap((stage) => (stage.kind === 'step' ? [stage.contract.name] : [])),
  );
}
