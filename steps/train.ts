import { train as contract } from '../charts/tasks/train.js';
import { handOver } from './engines/hand-over.js';
import { ObjectTrainer } from './engines/object-trainer.js';
import { clearTrainedOutput, demandTrainedOutput } from './engines/trained-output.js';
import type { Step } from './step.js';

/** Has a controller of the cluster train, and demands what a training must leave. */
export const train: Step<typeof contract> = {
  contract,
  async perform(params, context) {
    const { commit, environment, snapshot, attempts, timeout } = params;
    const trainer = new ObjectTrainer(context.api(), {
      object: params.object,
      run: { name: params.run, uid: params.runUid },
      values: { commit, environment, snapshot },
      claim: context.place().claim,
    });
    const prepare = () => clearTrainedOutput(context.workspace());
    await handOver({ trainer, attempts, timeout, prepare }, context);
    await demandTrainedOutput(context.workspace());
    return {};
  },
};
