import type { ReleasedModel } from './model.js';

/** What runs in an environment; written by machines to `releases/<environment>/<model>.yaml` of the target. */
export interface Release extends ReleasedModel {
  readonly model: string;
  readonly environment: string;
  /** When it came to this environment, or was proposed for it by pull request. RFC 3339, UTC. */
  readonly releasedAt: string;
  /** What brought it here: the PipelineRun's name, or whoever called `release`, `promote` or `rollback`. */
  readonly by: string;
  /** Where this version was released first; undefined: here, when and by whom it says above. */
  readonly origin?: ReleaseOrigin | undefined;
  /** Commit of the model's source it was trained from. */
  readonly commit: string | undefined;
  /** Metrics the gates saw. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Of metrics that are means: how the samples vary, for the comparison with a later model. */
  readonly spread?:
    Readonly<Record<string, { readonly deviation: number; readonly count: number }>> | undefined;
  /** What the gates asked for, by metric, and what came of it. */
  readonly gates?: Readonly<Record<string, PassedGate>> | undefined;
  /** Name of the data it was measured on; undefined: nobody said. */
  readonly dataSnapshot?: string | undefined;
  /** undefined: nobody has tested it yet. */
  readonly verified?: Verification | undefined;
  /** undefined: whatever is released next may take its place. */
  readonly pinned?: Pin | undefined;
}

/** A gate that let a model through. */
export interface PassedGate {
  /** In words: `at least 0.75`. */
  readonly wanted: string;
  /** `not compared`: there was no champion, and the policy lets that pass. */
  readonly outcome: 'passed' | 'not compared';
}

/** The first release of a version. Which of two versions is older, is decided by its time. */
export interface ReleaseOrigin {
  readonly environment: string;
  readonly releasedAt: string;
  /** The PipelineRun that trained it, or who released it. */
  readonly by: string;
}

/** That a version was tested while it was served. A promoted release keeps that of where it comes from until it has its own. */
export interface Verification {
  /** Where it was tested. */
  readonly environment: string;
  readonly at: string;
  readonly by: string;
}

/** A rollback holds an environment at its version until somebody releases or promotes another one by name. */
export interface Pin {
  readonly at: string;
  readonly by: string;
  /** The version that was left. */
  readonly insteadOf: string;
  readonly reason?: string | undefined;
}

/** Releases by `releaseKey`. */
export type Releases = ReadonlyMap<string, Release>;

export function releaseKey(environment: string, model: string): string {
  return `${environment}/${model}`;
}

/** `sha256:…`: what the content is, wherever it stands. */
export function digestOf({ image }: ReleasedModel): string {
  return image.slice(image.indexOf('@') + 1);
}

/** Where, when and by what its version was released first. */
export function originOf({ origin, environment, releasedAt, by }: Release): ReleaseOrigin {
  return origin ?? { environment, releasedAt, by };
}

/** Do both name the same version of the same content? */
export function isSameModel(left: ReleasedModel, right: ReleasedModel): boolean {
  return left.version === right.version && left.image === right.image;
}
