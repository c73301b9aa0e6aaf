import { githubActions } from './pinned.js';
import { prepareSteps } from './workflow-steps.js';

const prepare = prepareSteps(githubActions);

/** Pull requests of forks get no secrets, so they are checked and no more. */
export const githubWorkflow = `# Checks the workspace, tells pull requests what they would change in the cluster, and publishes what is merged.
# Secrets: GITOPS_USERNAME and GITOPS_PASSWORD for the GitOps repository, GITOPS_TOKEN for pull requests there.
name: driftloop
on:
  pull_request:
  push:
    branches: [main]
permissions: {}
concurrency:
  group: driftloop-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}
jobs:
  check:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
${prepare}
      - run: npx driftloop check --format github

  diff:
    if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository
    needs: check
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
      pull-requests: write
    steps:
${prepare}
      - run: npx driftloop diff --format html -o diff.html --comment "$PULL_REQUEST" --full-report "$RUN"
        env:
          PULL_REQUEST: \${{ github.event.pull_request.html_url }}
          RUN: \${{ github.server_url }}/\${{ github.repository }}/actions/runs/\${{ github.run_id }}
          DRIFTLOOP_FORGE_TOKEN: \${{ github.token }}
          DRIFTLOOP_GIT_USERNAME: \${{ secrets.GITOPS_USERNAME }}
          DRIFTLOOP_GIT_PASSWORD: \${{ secrets.GITOPS_PASSWORD }}
      - uses: ${githubActions.uploadArtifact}
        with:
          name: driftloop-diff
          path: diff.html
          if-no-files-found: error

  publish:
    if: github.event_name == 'push'
    needs: check
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    permissions:
      contents: read
    concurrency:
      group: driftloop-publish
    steps:
${prepare}
      - run: npx driftloop publish
        env:
          DRIFTLOOP_FORGE_TOKEN: \${{ secrets.GITOPS_TOKEN }}
          DRIFTLOOP_GIT_USERNAME: \${{ secrets.GITOPS_USERNAME }}
          DRIFTLOOP_GIT_PASSWORD: \${{ secrets.GITOPS_PASSWORD }}
`;
