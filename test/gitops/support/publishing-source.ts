import type { SourceCommit } from '../../../gitops/git/source-commit.js';

/** A commit of a workspace. */
export const source: SourceCommit = {
  sha: '0123456789abcdef0123456789abcdef01234567',
  author: 'Ada <ada@example.com>',
  date: '2026-11-21T02:10:26+00:00',
  subject: 'feat: watch tempo, too',
  body: 'Because it drifts.\n\nSigned-off-by: Ada <ada@example.com>',
  repositoryUrl: 'https://git.example.com/mlops/platform.git',
  dirty: false,
};
