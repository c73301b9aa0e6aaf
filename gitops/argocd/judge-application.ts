import type { ApplicationStatus, Operation } from './application.js';

/** Has what was published arrived in the cluster? */
export interface Verdict {
  readonly state: 'arrived' | 'waiting' | 'failed';
  /** In words; '' for what has arrived. */
  readonly reason: string;
}

/** Does a commit hold what was published? It is that commit, or one that was made on top of it. */
export type Holds = (revision: string) => Promise<boolean>;

/**
 * An Application that was unhealthy before a sync gets this long to recover, by the cluster's clock: its controllers may
 * not have looked at what the sync has just repaired.
 */
const recovery = 30_000;

/**
 * Synced to a commit that holds what was published, and healthy: it has arrived. What an Application says about an older
 * commit is nothing that was published has done, so it neither helps nor fails.
 */
export async function judgeApplication(status: ApplicationStatus, holds: Holds): Promise<Verdict> {
  const { operation, hydration } = status;
  const reached = await reaches(status, holds);
  if (reached && status.sync === 'Synced' && status.health.status === 'Healthy') {
    // While an operation runs, the comparison is of the time before it.
    if (operation?.phase !== 'Running') return { state: 'arrived', reason: '' };
  }
  if (hydration?.failed !== undefined && (await holds(hydration.failed.dry)))
    return failed(`hydrating failed: ${hydration.failed.message}`);
  if (operation !== undefined && /^(Failed|Error)$/.test(operation.phase)) {
    const ours =
      hydration === undefined
        ? await holds(operation.revision)
        : reached && operation.revision === status.revision;
    if (ours) return failed(`the sync failed: ${operation.message}`);
  }
  if (!reached) return waiting(status, describeRevision(status));
  if (operation?.phase === 'Running') return waiting(status, `syncing${explain(operation.message)}`);
  if (status.sync !== 'Synced') return waiting(status, status.sync);
  return judgeHealth(status, operation);
}

async function reaches({ revision, hydration }: ApplicationStatus, holds: Holds): Promise<boolean> {
  if (hydration === undefined) return revision !== '' && (await holds(revision));
  const { dry, hydrated } = hydration.done;
  return dry !== '' && revision === hydrated && (await holds(dry));
}

function judgeHealth(status: ApplicationStatus, operation: Operation | undefined): Verdict {
  const { health } = status;
  const words = `${health.status}${explain(health.message)}`;
  if (health.status !== 'Degraded' || mayRecover(status, operation)) return waiting(status, words);
  return failed(words);
}

function mayRecover({ health, comparedAt }: ApplicationStatus, operation: Operation | undefined): boolean {
  if (operation === undefined) return false;
  const sinceSync = Date.parse(comparedAt) - Date.parse(operation.finishedAt);
  return Date.parse(health.since) < Date.parse(operation.startedAt) && sinceSync < recovery;
}

function describeRevision({ revision, hydration }: ApplicationStatus): string {
  if (hydration !== undefined && revision !== '') return 'not hydrated yet';
  // Before it has read the repository, the name of the branch stands there.
  return /^[0-9a-f]{40,64}$/.test(revision) ? `still at ${revision.slice(0, 7)}` : 'not compared yet';
}

function waiting({ conditions }: ApplicationStatus, reason: string): Verdict {
  return { state: 'waiting', reason: [reason, ...conditions].join('; ') };
}

function failed(reason: string): Verdict {
  return { state: 'failed', reason };
}

function explain(message: string): string {
  return message === '' ? '' : `: ${message}`;
}
