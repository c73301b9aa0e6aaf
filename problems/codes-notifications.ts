/** Codes of problems with receivers, their times and their words. */
export const notificationCodes = {
  CONFIG_TIME: {
    meaning: 'A time, day, month, year or time zone cannot be used.',
    cause:
      'Times are written `08:00-18:00`, days and months by name or number, zones as in `Europe/Berlin`. Days of the month, months and years are counted in UTC.',
  },
  CONFIG_TIME_NEVER: {
    meaning: 'A time interval never comes.',
    cause: 'Its days of the month are in none of its months, such as 30 February.',
  },
  CONFIG_TIME_INTERVAL_UNKNOWN: {
    meaning: 'A receiver or a training names a time interval that `driftloop.yaml` does not define.',
    cause: 'The name is misspelt, or the interval is missing under `timeIntervals`.',
  },
  CONFIG_TIME_INTERVAL_UNUSED: {
    meaning: 'No receiver and no training uses a time interval.',
    cause:
      'Its name is missing in `mute` or `active` of a receiver and in `training.admission.freeze`, or it is not needed any more.',
  },
  CONFIG_RECEIVER_OPTION: {
    meaning: 'An option of a receiver would be ignored.',
    cause: 'The kind of receiver does not know it, or another option makes it meaningless.',
  },
  CONFIG_RECEIVER_SILENT: {
    meaning: 'A receiver is never told anything.',
    cause: 'It is muted whenever it is active, or its filters let no alert of any model through.',
  },
  CONFIG_FILTER_EMPTY: {
    meaning: 'A filter of a receiver matches no model.',
    cause: 'The name or pattern is misspelt, or the model was removed or renamed.',
  },
  CONFIG_ALERT_UNHEARD: {
    meaning: 'An alert for people reaches no receiver.',
    cause:
      'The filters of all receivers leave it out. Widen one of them, or make a receiver the `default`, which gets what the others leave.',
  },
  CONFIG_MESSAGE_TEMPLATE: {
    meaning: 'A template of a message is wrong.',
    cause:
      'A block is not closed, or a function, field, label or annotation is misspelt. Alertmanager would notice when it sends, and send nothing.',
  },
} as const;
