import { giteaActions } from './pinned.js';
import { prepareSteps } from './workflow-steps.js';

const prepare = prepareSteps(giteaActions);

/** For Gitea and Forgejo. Where artifacts are switched off, the comment is the report, and nothing fails. */
export const giteaWorkflow = `# Checks the workspace, tells pull requests what they would change in the cluster, and publishes what is merged.
# Secrets: GITOPS_USERNAME and GITOPS_PASSWORD for the GitOps repository, GITOPS_TOKEN for pull requests there.
# Releases that know no concurrency or permissions leave them aside; publishing at once is safe, the slower one repeats.
name: driftloop
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
  pull-requests: write
concurrency:
  group: driftloop-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
${prepare}
      - run: npx driftloop check

  diff:
    if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository
    needs: check
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
${prepare}
      - run: npx driftloop diff --format html -o diff.html --comment "$PULL_REQUEST" --full-report "$RUN"
        env:
          PULL_REQUEST: \${{ github.event.pull_request.html_url }}
          RUN: \${{ github.server_url }}/\${{ github.repository }}/actions/runs/\${{ github.run_number }}
          DRIFTLOOP_FORGE_TOKEN: \${{ github.token }}
          DRIFTLOOP_GIT_USERNAME: \${{ secrets.GITOPS_USERNAME }}
          DRIFTLOOP_GIT_PASSWORD: \${{ secrets.GITOPS_PASSWORD }}
      - uses: ${giteaActions.uploadArtifact}
        continue-on-error: true
        with:
          name: driftloop-diff
          path: diff.html

  publish:
    if: github.event_name == 'push'
    needs: check
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
${prepare}
      - run: npx driftloop publish
        env:
          DRIFTLOOP_FORGE_TOKEN: \${{ secrets.GITOPS_TOKEN }}
          DRIFTLOOP_GIT_USERNAME: \${{ secrets.GITOPS_USERNAME }}
          DRIFTLOOP_GIT_PASSWORD: \${{ secrets.GITOPS_PASSWORD }}
`;
