import type { Model, Platform, Training } from '../../config/model.js';
import { requestAnnotations, runNamePrefix } from '../conventions.js';
import { describeRun } from './run-template.js';

/** What a person who starts a run decides about it. */
export interface RunRequest {
  /** What the run is for. */
  readonly environment: string;
  /** Who asks. */
  readonly by: string;
  /** Why; text of a person, and kept as such. */
  readonly reason: string | undefined;
  /** 40 or 64 hexadecimal digits; undefined: the newest of the model's branch. */
  readonly commit: string | undefined;
}

/** A PipelineRun whose name the API server completes. */
export interface ManualRun {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly generateName: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: object;
}

/**
 * The run that a person starts: the same one as of every event, but asking twice is two runs, of which `admit` lets one
 * through. Who asked and why stand in annotations, which Tekton does not expand.
 */
export function describeManualRun(
  platform: Platform,
  model: Model,
  training: Training,
  { environment, by, reason, commit }: RunRequest,
): ManualRun {
  const run = describeRun(platform, model, training, {
    startedBy: 'manual',
    environment,
    name: { prefix: runNamePrefix(model.name, 'manual') },
    event: undefined,
    annotations: {
      [requestAnnotations.by]: by,
      ...(reason === undefined ? {} : { [requestAnnotations.reason]: reason }),
    },
    ...(commit === undefined ? {} : { source: describeSource(model, commit) }),
  }) as unknown as ManualRun; // It was given a prefix, labels and annotations.
  const { namespaces } = platform;
  const { apiVersion, kind, metadata, spec } = run;
  return { apiVersion, kind, metadata: { ...metadata, namespace: namespaces.toolings }, spec };
}

/** A label holds at most 63 characters. */
function describeSource({ source }: Model, commit: string) {
  return { branch: source.branch, commit, commitLabel: commit.slice(0, 40) };
}
