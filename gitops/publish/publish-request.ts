import type { Releases } from '../../config/release.js';
import type { Clock } from '../clock.js';
import type { CommitStatus, Forge, PullRequest } from '../forges/forge.js';
import type { Identity } from '../git/commit.js';
import type { Remote } from '../git/remote.js';
import type { DeliveryPlan } from '../plan/plan.js';
import type { Belonging } from '../plan/selection.js';
import type { TargetRepository } from '../target/target-repository.js';
import type { DeliveryRequest } from './delivery.js';

export interface PublishRequest extends DeliveryRequest {
  readonly remote: Remote;
  /** Created when it does not exist. */
  readonly branch: string;
  /** Work out everything, write nothing. Default false. */
  readonly dryRun?: boolean | undefined;
  /** Open or update a pull request there instead of pushing to the branch. */
  readonly forge?: Forge | undefined;
  /** Rehearses the alerts of some units, for a status of a pull request's commit; undefined: there are none. */
  readonly rehearse?:
    ((units: readonly Belonging[], releases: Releases) => CommitStatus | undefined) | undefined;
  /** Author and committer. Default driftloop. */
  readonly identity?: Identity | undefined;
  /** Told what is going on, in words for people. */
  readonly onProgress?: ((message: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
  /** Where locks are kept. Default: the temporary directory. */
  readonly lockDirectory?: string | undefined;
  /** Must commits be signed? Default: where Git's configuration says so. */
  readonly signed?: boolean | undefined;
  /** How the repository is reached. Default: by Git. */
  readonly openTarget?: (() => Promise<TargetRepository>) | undefined;
  /** Environment git runs in. Default: that of this process. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

export type PublishAction =
  'none' | 'planned' | 'pushed' | 'pull-request-opened' | 'pull-request-updated' | 'pull-request-unchanged';

export interface PublishResult {
  readonly action: PublishAction;
  /** Address of the repository, without credentials. */
  readonly repository: string;
  /** The branch that was pushed: the head of the pull request, where there is one. */
  readonly branch: string;
  /** The new commit; where nothing was pushed, the one the branch stands at (undefined: there is none). */
  readonly commit: string | undefined;
  readonly plan: DeliveryPlan;
  readonly pullRequest?: PullRequest;
}
