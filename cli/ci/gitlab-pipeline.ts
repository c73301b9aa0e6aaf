import { nodeImage } from './pinned.js';

/** GitLab's own job token may not comment, so there is a token of the project. */
export const gitlabPipeline = `# Checks the workspace, tells merge requests what they would change in the cluster, and publishes what is merged.
# Variables, masked: DRIFTLOOP_GIT_USERNAME and DRIFTLOOP_GIT_PASSWORD for the GitOps repository, DRIFTLOOP_COMMENT_TOKEN
# (token of this project, scope api, role Developer); and protected, for merge requests there: GITOPS_TOKEN.
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
stages: [check, diff, publish]
default:
  image: ${nodeImage}
  timeout: 15 minutes
  interruptible: true
  cache:
    key:
      files: [package-lock.json]
    paths: [.npm/]
  before_script:
    - npm ci --cache .npm --prefer-offline

check:
  stage: check
  script:
    - npx driftloop check

diff:
  stage: diff
  rules:
    # Requests of forks run in the fork, which has no token.
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID
  variables:
    MERGE_REQUEST: $CI_MERGE_REQUEST_PROJECT_URL/-/merge_requests/$CI_MERGE_REQUEST_IID
    DRIFTLOOP_FORGE_TOKEN: $DRIFTLOOP_COMMENT_TOKEN
  script:
    - npx driftloop diff --format html -o diff.html --comment "$MERGE_REQUEST" --full-report "$CI_JOB_URL/artifacts/file/diff.html"
  artifacts:
    name: driftloop-diff
    expose_as: driftloop diff
    paths: [diff.html]
    expire_in: 30 days

publish:
  stage: publish
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  variables:
    DRIFTLOOP_FORGE_TOKEN: $GITOPS_TOKEN
  interruptible: false
  resource_group: driftloop-publish
  script:
    - npx driftloop publish
`;
