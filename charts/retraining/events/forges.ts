import type { FileFilter, ForgeKind, PushTrigger } from '../../../config/model-triggers.js';
import { patternsToRegularExpression } from '../../../config/values/file-pattern.js';
import { celOneOf, celText } from './cel-text.js';

/** How a forge tells of a push, and how Tekton Triggers verifies that it was the forge. */
export interface Forge {
  /** The core interceptor that knows its signature, or its token. */
  readonly interceptor: 'github' | 'gitlab' | 'bitbucket';
  /** What the forge calls the event of a push to a branch, in its header. */
  readonly eventTypes: readonly string[];
  /** Header with the id of the delivery. */
  readonly deliveryHeader: string;
  /** When a push starts a run, as CEL. */
  conditions(push: PushTrigger): readonly string[];
  /** What it says about such a push, as CEL. */
  values(push: PushTrigger): PushValues;
}

interface PushValues {
  readonly branch: string;
  readonly commit: string;
  /** What the branch pointed to before; zeros when it is new. */
  readonly before: string;
}

const refPrefix = 'refs/heads/';

/** A whole id of SHA-1 or SHA-256, and not the zeros that stand for a deleted branch. */
function isCommit(expression: string): string {
  return `${expression}.matches('^[0-9a-f]{40}([0-9a-f]{24})?$') && !${expression}.matches('^0+$')`;
}

/** Forges do not tell upper from lower case in names. */
function isRepository(expression: string, { repository }: PushTrigger): string {
  return `${expression}.lowerAscii() == ${celText(repository.toLowerCase())}`;
}

/**
 * GitHub's form of a push, which Gitea and GitLab share but for the names of two fields.
 * @param repository the repository's full name
 * @param isCut true when not all of the pushed commits are listed
 */
function describeRefPush(repository: string, isCut: string): Pick<Forge, 'conditions' | 'values'> {
  return {
    conditions: (push) => [
      celOneOf(
        'body.ref',
        push.branches.map((branch) => `${refPrefix}${branch}`),
      ),
      isRepository(repository, push),
      isCommit('body.after'),
      ...touchesFiles(push, isCut),
    ],
    values: () => ({
      branch: `body.ref.substring(${refPrefix.length})`,
      commit: 'body.after',
      before: 'body.before',
    }),
  };
}

/** Any file of any commit. When the forge has cut the list, the push counts: rather a run too many than none. */
function touchesFiles({ paths, ignorePaths }: FileFilter, isCut: string): readonly string[] {
  const conditions = [
    ...(paths.length === 0 ? [] : [`file.matches(${matchWhole(paths)})`]),
    ...(ignorePaths.length === 0 ? [] : [`!file.matches(${matchWhole(ignorePaths)})`]),
  ];
  if (conditions.length === 0) return [];
  const touched = `commit[change].exists(file, ${conditions.join(' && ')})`;
  const changes = `['added', 'modified', 'removed'].exists(change, change in commit && commit[change] != null && ${touched})`;
  return [`(${isCut} || body.commits.exists(commit, ${changes}))`];
}

function matchWhole(globs: readonly string[]): string {
  return celText(`^(?:${patternsToRegularExpression(globs)})$`);
}

/** Bitbucket tells of several branches at once; of those we want, the first is taken. */
function describeListedPush(
  list: string,
  accepts: (push: PushTrigger) => string,
  repository: string,
  values: (change: string) => PushValues,
): Pick<Forge, 'conditions' | 'values'> {
  return {
    conditions: (push) => [isRepository(repository, push), `${list}.exists(change, ${accepts(push)})`],
    values: (push) => values(`${list}.filter(change, ${accepts(push)})[0]`),
  };
}

export const forges: Readonly<Record<ForgeKind, Forge>> = {
  github: {
    interceptor: 'github',
    eventTypes: ['push'],
    deliveryHeader: 'X-GitHub-Delivery',
    // GitHub lists at most 2048 commits, and does not say how many there were.
    ...describeRefPush('body.repository.full_name', 'size(body.commits) >= 2048'),
  },
  gitea: {
    // Gitea and Forgejo also sign as GitHub does, over the same bytes and with the same header.
    interceptor: 'github',
    eventTypes: ['push'],
    deliveryHeader: 'X-Gitea-Delivery',
    ...describeRefPush('body.repository.full_name', 'body.total_commits > size(body.commits)'),
  },
  gitlab: {
    interceptor: 'gitlab',
    eventTypes: ['Push Hook'],
    deliveryHeader: 'X-Gitlab-Event-UUID',
    ...describeRefPush('body.project.path_with_namespace', 'body.total_commits_count > size(body.commits)'),
  },
  bitbucket: {
    interceptor: 'bitbucket',
    eventTypes: ['repo:push'],
    deliveryHeader: 'X-Request-UUID',
    ...describeListedPush(
      'body.push.changes',
      ({ branches }) =>
        `change.new != null && change.new.type == 'branch' && ${celOneOf('change.new.name', branches)} && ${isCommit('change.new.target.hash')}`,
      'body.repository.full_name',
      (change) => ({
        branch: `${change}.new.name`,
        commit: `${change}.new.target.hash`,
        before: `(${change}.old == null ? '${'0'.repeat(40)}' : ${change}.old.target.hash)`,
      }),
    ),
  },
  'bitbucket-datacenter': {
    interceptor: 'bitbucket',
    eventTypes: ['repo:refs_changed'],
    deliveryHeader: 'X-Request-Id',
    ...describeListedPush(
      'body.changes',
      ({ branches }) =>
        `${celOneOf(
          'change.refId',
          branches.map((branch) => `${refPrefix}${branch}`),
        )} && change.type != 'DELETE' && ${isCommit('change.toHash')}`,
      `(body.repository.project.key + '/' + body.repository.slug)`,
      (change) => ({
        branch: `${change}.refId.substring(${refPrefix.length})`,
        commit: `${change}.toHash`,
        before: `${change}.fromHash`,
      }),
    ),
  },
};
