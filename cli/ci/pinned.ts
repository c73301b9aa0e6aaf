/** An action at one commit. Tags can be moved, so they stand in a comment only. */
function pin(action: string, commit: string, tag: string): string {
  return `${action}@${commit} # ${tag}`;
}

/** For runners of GitHub. */
export const githubActions = {
  checkout: pin('actions/checkout', 'de0fac2e4500dabe0009e67214ff5f5447ce83dd', 'v6.0.2'),
  setupNode: pin('actions/setup-node', 'a0853c24544627f65ddf259abe73b1d18a591444', 'v5.0.0'),
  uploadArtifact: pin('actions/upload-artifact', '330a01c490aca151604b8cf639adc76d48f6c5d4', 'v5.0.0'),
} as const;

/** The newest that need no more than Node 20, which every runner of Gitea and Forgejo brings. */
export const giteaActions = {
  checkout: pin('actions/checkout', '11bd71901bbe5b1630ceea73d27597364c9af683', 'v4.2.2'),
  setupNode: pin('actions/setup-node', '49933ea5288caeca8642d1e84afbd3f7d6820020', 'v4.4.0'),
  // Newer ones speak a protocol that only GitHub's own service does.
  uploadArtifact: pin('actions/upload-artifact', 'a8a3f3ad30e3422c9c7b888a15615d19a852ae32', 'v3.1.3'),
} as const;

/** The version of Node that driftloop runs on in a CI. */
export const nodeVersion = '22';

/** Node with git, which images called slim leave out. */
export const nodeImage = 'docker.io/library/node:22.21.1-bookworm';
