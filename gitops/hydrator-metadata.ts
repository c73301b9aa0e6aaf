import { z } from 'zod';
import type { Checked } from '../problems/problem.js';
import { targetLayout } from './layout.js';
import type { SourceCommit } from './source-commit.js';
import type { TargetTree } from './target-tree.js';

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

/** What an environment was rendered from. */
export interface HydratorMetadata {
  /** Commit of the workspace. */
  readonly drySha: string;
  readonly repositoryUrl: string | undefined;
}

/** The part of the file we rely on; whoever else writes it may add more. */
const schema = z.object({
  drySha: z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/),
  repoURL: z.string().optional(),
});

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

/** What an environment of the target was rendered from; no value and no problem: nobody says. */
export async function readHydratorMetadata(
  target: TargetTree,
  environment: string,
): Promise<Checked<HydratorMetadata>> {
  const path = targetLayout.metadata(environment);
  if (!target.entries.has(path)) return { value: undefined, problems: [] };
  const content = (await target.read([path])).get(path);
  if (content === undefined) return broken(path, 'it is not a readable file');
  try {
    const parsed = schema.safeParse(JSON.parse(content.toString('utf8')));
    if (!parsed.success) return broken(path, 'it does not name the commit (drySha)');
    return { value: { drySha: parsed.data.drySha, repositoryUrl: parsed.data.repoURL }, problems: [] };
  } catch (error) {
    if (error instanceof SyntaxError) return broken(path, 'it is not JSON');
    throw error;
  }
}

function broken(path: string, reason: string): Checked<HydratorMetadata> {
  return {
    value: undefined,
    problems: [
      {
        code: 'GITOPS_METADATA_BROKEN',
        severity: 'error',
        message: `${path} of the GitOps repository cannot be used: ${reason}`,
        hint: 'Publish the environment again; that writes the file anew.',
      },
    ],
  };
}
