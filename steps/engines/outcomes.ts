import { z } from 'zod';
import type { EngineKind } from '../../charts/engine-contract.js';
import type { Observation } from './trainer.js';

type Outcome = Pick<Observation, 'state' | 'reason'>;

const text = z.string().catch('');

const conditioned = z.object({
  conditions: z
    .array(z.object({ type: z.string(), status: z.string(), reason: text, message: text }))
    .catch([]),
});

const rayStatus = z.object({
  jobDeploymentStatus: text,
  jobStatus: text,
  reason: text,
  message: text,
});

const sparkStatus = z.object({ applicationState: z.object({ state: text, errorMessage: text }) });

/**
 * When a training has ended, and how, by the kind that trains. Whatever else an object says, it goes on: states that
 * nobody here knows end by the deadline, never as a success.
 */
export const outcomes: Readonly<Record<EngineKind, (status: unknown) => Outcome>> = {
  Job: (status) => readConditions(status, 'Complete', 'Failed'),
  TrainJob: (status) => readConditions(status, 'Complete', 'Failed'),
  RayJob: readRay,
  SparkApplication: readSpark,
};

function readConditions(status: unknown, success: string, failure: string): Outcome {
  const { conditions } = conditioned.catch({ conditions: [] }).parse(status);
  const holds = (type: string) => conditions.find((each) => each.type === type && each.status === 'True');
  const failed = holds(failure);
  if (failed !== undefined) return { state: 'failed', reason: join(failed.reason, failed.message) };
  return { state: holds(success) === undefined ? 'going on' : 'succeeded', reason: '' };
}

/** The deployment may be complete while the program has failed, so both must agree. */
function readRay(status: unknown): Outcome {
  const { jobDeploymentStatus, jobStatus, reason, message } = rayStatus
    .catch({ jobDeploymentStatus: '', jobStatus: '', reason: '', message: '' })
    .parse(status);
  const failed =
    ['Failed', 'ValidationFailed'].includes(jobDeploymentStatus) ||
    (jobDeploymentStatus === 'Complete' && ['FAILED', 'STOPPED'].includes(jobStatus));
  if (failed) return { state: 'failed', reason: join(reason === '' ? jobStatus : reason, message) };
  const succeeded = jobDeploymentStatus === 'Complete' && jobStatus === 'SUCCEEDED';
  return { state: succeeded ? 'succeeded' : 'going on', reason: '' };
}

/** SUBMISSION_FAILED and FAILING become FAILED by themselves. */
function readSpark(status: unknown): Outcome {
  const { state, errorMessage } = sparkStatus
    .catch({ applicationState: { state: '', errorMessage: '' } })
    .parse(status).applicationState;
  if (state === 'COMPLETED') return { state: 'succeeded', reason: '' };
  return { state: state === 'FAILED' ? 'failed' : 'going on', reason: errorMessage };
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(': ');
}
