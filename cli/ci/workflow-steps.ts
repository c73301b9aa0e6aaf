import { nodeVersion } from './pinned.js';

/** The first steps of every job of GitHub's and Gitea's workflows. */
export function prepareSteps(actions: { readonly checkout: string; readonly setupNode: string }): string {
  return `      - uses: ${actions.checkout}
        with:
          persist-credentials: false
      - uses: ${actions.setupNode}
        with:
          node-version: ${nodeVersion}
          cache: npm
      - run: npm ci`;
}
