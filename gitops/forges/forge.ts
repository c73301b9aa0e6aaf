import type { ForgeApi } from '../../config/values/forge-location.js';

/** A pull request; GitLab calls it merge request. */
export interface PullRequest {
  readonly number: number;
  /** For people. */
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
}

export interface PullRequestContent {
  /** Branch of the same repository. */
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  /** Default false. */
  readonly draft?: boolean | undefined;
}

/** A result that stands beside a commit. */
export interface CommitStatus {
  /** `driftloop/plan`: the same context replaces what was there. */
  readonly context: string;
  readonly state: 'success' | 'failure' | 'pending';
  /** A few words. */
  readonly description: string;
}

/** What driftloop needs of a forge. */
export interface Forge {
  readonly api: ForgeApi;
  /** Longest body of a pull request and of a comment, in characters. */
  readonly bodyLimit: number;
  /** The open pull request between two branches of the repository, forks left out. */
  findOpen(head: string, base: string): Promise<PullRequest | undefined>;
  /** undefined: there is one already. */
  open(content: PullRequestContent): Promise<PullRequest | undefined>;
  /** Answers what has become of it; it may have been closed or merged meanwhile. */
  update(number: number, content: Pick<PullRequestContent, 'title' | 'body' | 'draft'>): Promise<PullRequest>;
  close(number: number): Promise<void>;
  /** One comment per marker: the next text replaces the last one. */
  comment(number: number, marker: string, text: string): Promise<void>;
  setStatus(commit: string, status: CommitStatus): Promise<void>;
  addLabels(number: number, labels: readonly string[]): Promise<void>;
  /** @param users names */
  requestReviews(number: number, users: readonly string[]): Promise<void>;
  /** @param users names */
  assign(number: number, users: readonly string[]): Promise<void>;
  /** Merges as soon as the forge's own conditions are met, but no other commit than this one. */
  mergeWhenReady(number: number, commit: string): Promise<void>;
  /** Page that compares two branches, for people. */
  compareUrl(base: string, head: string): string;
}

/** How a comment of ours is found again; invisible to people. */
export function commentMarker(marker: string): string {
  return `<!-- driftloop:${marker} -->`;
}
