import { admit } from './admit.js';
import { awaitRollout } from './await-rollout.js';
import { evaluate } from './evaluate.js';
import { fetchSource } from './fetch-source.js';
import { promote } from './promote.js';
import { notify } from './notify.js';
import { record } from './record.js';
import { packageModel } from './package.js';
import { register } from './register.js';
import { release } from './release.js';
import { smokeTest } from './smoke-test.js';
import { sbom } from './sbom.js';
import { train } from './train.js';
import type { TaskContract } from './step-contract.js';

/** Every Task of ours there is, in the order of a run. */
export const taskContracts: readonly TaskContract[] = [
  admit,
  fetchSource,
  train,
  evaluate,
  packageModel,
  sbom,
  register,
  release,
  awaitRollout,
  smokeTest,
  promote,
  record,
  notify,
];
