/** Codes of problems with what starts runs, found by config/. */
export const triggerCodes = {
  CONFIG_CRON: {
    meaning: 'A schedule is not a cron expression, or its time zone is unknown.',
    cause: 'A field is out of its range, there are six fields, or the time zone stands in the expression.',
  },
  CONFIG_EVENT_UNKNOWN: {
    meaning: 'A trigger has no sender, or names one that `driftloop.yaml` does not describe under `events`.',
    cause: 'The name is misspelt, the sender is of another kind, or there are several and none is named.',
  },
  CONFIG_EVENT_UNUSED: {
    meaning: 'A sender of events is described, but no model has a trigger for what it sends.',
    cause: 'A model lacks `triggers`, or the sender is no longer needed.',
  },
  CONFIG_EXPOSURE_ANNOTATION: {
    meaning: '`listener.expose.annotations` has an annotation that driftloop sets itself.',
    cause:
      'The limit for bodies, the redirect to TLS and the sync wave are not left to annotations; `bodyLimit` is a key of its own.',
  },
  CONFIG_EXPOSURE_KEY: {
    meaning: '`listener.expose` has a key that its kind would ignore.',
    cause: 'It belongs to another kind, or was left over when the kind was changed.',
  },
  CONFIG_EXPOSURE_LIMIT: {
    meaning: 'Nothing limits the size of what strangers may send to the listener.',
    cause:
      'The limit of ingress-nginx is set by `bodyLimit`; other controllers have annotations of their own, routers and Gateways have policies or nothing.',
  },
  CONFIG_TRIGGER_OBJECTS: {
    meaning: 'Every object of a bucket starts a run.',
    cause: 'A trigger for objects has neither `prefix` nor `suffix`. Data often comes in many objects.',
  },
  CONFIG_TRIGGER_PATHS: {
    meaning: 'A trigger looks at the files of a push, which the forge does not tell.',
    cause: 'Bitbucket lists commits but no files. Leave the paths out, or let another forge send the event.',
  },
  CONFIG_TRIGGER_REGISTRY: {
    meaning: 'A trigger waits for two events of a registry, or for what its own run may cause.',
    cause:
      'Both `alias` and `tag` are written; or it waits for new versions of the model that the training itself registers.',
  },
  CONFIG_TRIGGER_REPOSITORY: {
    meaning: 'The name that the forge has for the repository cannot be read from its URL.',
    cause: 'The URL has no owner before the name of the repository. Name the repository in the trigger.',
  },
  CONFIG_TRIGGER_UNREACHABLE: {
    meaning: 'A sender of events has no way to the listener.',
    cause:
      'It neither runs in a namespace of the cluster that `events` names, nor does `listener.expose` let it in from outside.',
  },
} as const;
