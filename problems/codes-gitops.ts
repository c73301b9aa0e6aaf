/** Codes of problems found by gitops/. */
export const gitopsCodes = {
  GITOPS_REPOSITORY_ADDRESS: {
    meaning: 'The address of the GitOps repository is not one Git can reach.',
    cause:
      'A mistyped URL, or a transport driftloop does not use. Give an https://, ssh:// or file:// URL, git@host:path, or the path of a local repository.',
  },
  GITOPS_BRANCH_NAME: {
    meaning: 'The branch has a name Git does not accept.',
    cause: 'Spaces, `..`, `~`, `^`, `:` or a leading `-` in the name. Choose a plain name such as main.',
  },
  GITOPS_OWNERSHIP_BROKEN: {
    meaning: 'The list of the files driftloop owns in the GitOps repository cannot be read.',
    cause:
      'Somebody edited .driftloop/owned.json or a merge left conflict marks in it. Restore it from the history; without it driftloop cannot tell its files from yours.',
  },
  GITOPS_PATH_TAKEN: {
    meaning: 'A file that driftloop must write is in the GitOps repository already, and is not its own.',
    cause:
      'A hand-written file, a symbolic link or a folder has the name of a rendered file. Move it, or publish with --overwrite to let driftloop take a file over.',
  },
  GITOPS_FILE_DRIFTED: {
    meaning: 'A file that driftloop wrote was edited by hand in the GitOps repository.',
    cause:
      'A change was made in the output and not in driftloop.yaml or models/. Move the change into the input, then publish with --overwrite.',
  },
  GITOPS_RENDERING_EMPTY: {
    meaning: 'Nothing was rendered, and publishing nothing would delete everything.',
    cause:
      'An empty models folder, or --env and --model that select nothing. If everything is meant to go, publish with --allow-collapse.',
  },
  GITOPS_UNIT_COLLAPSES: {
    meaning: 'More than half of the objects of a unit would be deleted.',
    cause:
      'A large part of a model or an environment was removed or renamed; Argo CD would prune the objects. If that is meant, publish with --allow-collapse.',
  },
  GITOPS_UNIT_GONE: {
    meaning:
      'A unit that the GitOps repository holds is not rendered any more, so all its objects would be deleted.',
    cause:
      'A model or an environment was removed or renamed. If that is meant, publish with --allow-collapse.',
  },
  GITOPS_SOURCE_DIRTY: {
    meaning: 'The workspace holds changes that are not committed.',
    cause:
      'The GitOps repository names a commit that does not hold what was published, so a release made in the cluster would undo the changes. Commit and push first.',
  },
  GITOPS_SOURCE_MOVED: {
    meaning: 'While a release was prepared, its unit was published from another commit of the workspace.',
    cause:
      'Somebody published at the same moment. Nothing was written; the release is rendered again from the newer commit when it is repeated.',
  },
  GITOPS_BRANCH_EDITED: {
    meaning: 'Somebody else committed to the branch of a pull request that driftloop keeps up to date.',
    cause:
      'A reviewer pushed to the pull request. Merge or close it, or publish with --overwrite to replace those commits.',
  },
  GITOPS_BASE_BRANCH_MISSING: {
    meaning: 'A pull request needs a branch to go to, and the GitOps repository does not have it.',
    cause:
      'The repository is new or the branch is mistyped. Publish once without --pull-request, which creates the branch.',
  },
  GITOPS_NO_FORGE: {
    meaning: 'A pull request was asked for, but the repository is not on a forge.',
    cause:
      'The repository is a local path, or its address does not say owner and name. Publish without --pull-request, or give the address the forge shows.',
  },
  GITOPS_NO_TOKEN: {
    meaning: 'A pull request was asked for, but there is no token for the forge.',
    cause:
      'Set DRIFTLOOP_FORGE_TOKEN to a token that may write contents and pull requests, or DRIFTLOOP_FORGE_TOKEN_FILE to the file that holds it.',
  },
  GITOPS_SECRET_FILE: {
    meaning: 'A file with a secret or certificates, named by a variable of the environment, cannot be used.',
    cause:
      'The file does not exist, is not readable, holds something else, or the secret is also in the variable without _FILE.',
  },
  GITOPS_KUBECONFIG: {
    meaning: 'The kubeconfig does not say how to reach the cluster that Argo CD runs on.',
    cause:
      '--wait reads Applications from the Kubernetes API. KUBECONFIG names no file, or a file that is damaged, or the context names a cluster or user that is not there. Choose another context with --context.',
  },
  GITOPS_NOTHING_TO_AWAIT: {
    meaning: '--wait was given, but Argo CD does not bring anything of this publication to a cluster yet.',
    cause:
      'Everything goes by pull request and arrives when somebody merges it, or driftloop.yaml names no `repository`, so there are no Applications. Leave --wait out, or publish with --push.',
  },
  GITOPS_PULL_REQUEST_PARTIAL: {
    meaning:
      'A pull request stands, but the forge refused something about it: a label, a reviewer, a status.',
    cause:
      'The name does not exist on the forge, the token may not do it, or the repository does not allow it (auto-merge). The message is the answer of the forge.',
  },
  GITOPS_SOURCE_OLDER: {
    meaning: 'What is in the GitOps repository was published from a newer commit of the workspace.',
    cause:
      'A checkout that was not pulled, a pipeline of an older commit that was started again, or a commit that was published but never pushed. Pull; or publish with --allow-older to go back.',
  },
  GITOPS_SOURCE_UNRELATED: {
    meaning: 'Nobody can tell whether the workspace is newer than what was published.',
    cause:
      'The workspace is a shallow clone, as CI makes them, and does not hold the commit that was published. Clone the whole history.',
  },
} as const;
