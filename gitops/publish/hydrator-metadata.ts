import type { SourceCommit } from '../git/source-commit.js';

/** Another commit that went into what was rendered: the model's, for a release. */
export interface CommitReference {
  readonly sha: string;
  /** Without credentials. */
  readonly repositoryUrl: string | undefined;
  readonly author?: string | undefined;
  /** RFC 3339. */
  readonly date?: string | undefined;
  readonly subject?: string | undefined;
}

/** The file as Argo CD's source hydrator and GitOps Promoter read it. */
export function formatHydratorMetadata(source: SourceCommit, references: readonly CommitReference[]): string {
  const metadata = {
    drySha: source.sha,
    repoURL: source.repositoryUrl,
    author: source.author,
    date: source.date,
    subject: source.subject,
    body: source.body === '' ? undefined : source.body,
    references:
      references.length === 0 ? undefined : references.map((commit) => ({ commit: formatReference(commit) })),
  };
  return `${JSON.stringify(metadata, null, 2)}\n`;
}

function formatReference(commit: CommitReference): object {
  const { sha, repositoryUrl, author, date, subject } = commit;
  return { sha, repoURL: repositoryUrl, author, date, subject };
}
