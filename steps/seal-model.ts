import { sealModel as contract } from '../charts/tasks/seal-model.js';
import { listModelFiles } from './model-files.js';
import { measureLayer } from './model-layer.js';
import type { Step } from './step.js';

/** Gives the digest that `package` compares with what it ships. */
export const sealModel: Step<typeof contract> = {
  contract,
  async perform(_, { workspace, log }) {
    const model = await listModelFiles(workspace());
    const { digest, size } = await measureLayer(model);
    log(`The files of the model are ${digest}, ${size} bytes.`);
    return { files: digest };
  },
};
