/** Codes of problems found when a model version is moved: release, verify, promote, rollback. */
export const releaseCodes = {
  GITOPS_RELEASE_DIGEST: {
    meaning: 'A release names a model image without its digest.',
    cause:
      'A tag can be moved, so a release by tag says nothing. Give the image as oci://repository@sha256:<64 hexadecimal digits>.',
  },
  GITOPS_RELEASE_UNKNOWN: {
    meaning: 'A release names a model or an environment the workspace does not have.',
    cause: 'A typing mistake, or the model is not in models/ at the commit the release is rendered from.',
  },
  GITOPS_RELEASE_UNREADABLE: {
    meaning: 'A release record of the GitOps repository is not a regular, readable file.',
    cause:
      'There is a symbolic link or a very large file below releases/. Without the record the model would fall back to its initial version, so nothing is published.',
  },
  GITOPS_RELEASE_MISSING: {
    meaning: 'The environment runs no recorded release of the model.',
    cause:
      'Nothing was released to it yet, so it serves its initial version or nothing. Release a version to it first.',
  },
  GITOPS_RELEASE_OTHER_VERSION: {
    meaning: 'The environment runs another version than the one that was named.',
    cause:
      'Somebody released meanwhile, or the version is mistyped. Look at `driftloop releases MODEL`, then name the version that runs.',
  },
  GITOPS_RELEASE_UNVERIFIED: {
    meaning: 'A version was to be promoted that nobody has tested in the environment it comes from.',
    cause:
      'The loop verifies a release when its test succeeded; `driftloop verify` records the verdict of your own test.',
  },
  GITOPS_RELEASE_NOT_QUARANTINED: {
    meaning: 'The quarantine of a version was to be lifted, and there is none.',
    cause:
      'A mistyped version, or somebody else has lifted it already. `driftloop releases` shows what is quarantined.',
  },
  GITOPS_RELEASE_QUARANTINED: {
    meaning: 'The version was quarantined: it was found to be bad, and may not be released anywhere.',
    cause:
      'Somebody ran `driftloop rollback --quarantine`. The same content under another name is refused, too, and so is other content under the same name. An entry is lifted by removing it from releases/.quarantine/<model>.yaml.',
  },
  GITOPS_RELEASE_PINNED: {
    meaning:
      'A rollback pinned the environment to its version, and nothing replaces that unless it is named.',
    cause:
      'Without the pin, the loop would bring back what was just rolled back. `driftloop promote --version V` or `driftloop release --unpin` lifts it.',
  },
  GITOPS_RELEASE_OLDER: {
    meaning: 'A version was to be promoted that was released before the one it would replace.',
    cause:
      'The environment it comes from was rolled back, or the other one received a version directly. Going back is what `driftloop rollback` is for.',
  },
  GITOPS_RELEASE_BRINGS_MORE: {
    meaning:
      'A release would deliver more than the model version: changes of the unit that nobody has published.',
    cause:
      'The workspace, or driftloop itself, has changed since the unit was published. Publish that first, so that a release and its rollback are about the version alone; --with-changes delivers both.',
  },
  GITOPS_PROMOTION_ORDER: {
    meaning: 'A promotion must go from an earlier environment to a later one.',
    cause:
      'Both are the same, or they are swapped. The order of promotion is that of `environments` in driftloop.yaml.',
  },
  GITOPS_ROLLBACK_NOWHERE: {
    meaning: 'There is no earlier version to roll back to.',
    cause:
      'All earlier releases are unverified or quarantined, or there were none. Name one with --to, or release another version.',
  },
  GITOPS_ROLLBACK_UNKNOWN: {
    meaning: 'The version to roll back to never ran in the environment.',
    cause:
      'A typing mistake; `driftloop releases MODEL --env ENV` lists what did. What never ran is released, not rolled back to.',
  },
} as const;
