/** Codes of problems with what must hold before a run starts. */
export const admissionCodes = {
  CONFIG_ADMISSION_SOURCE: {
    meaning: 'Admission asks a server that nobody has named.',
    cause:
      '`training.admission.stillFiring` needs `runs.alertmanager`, `training.admission.samples` needs `runs.prometheus` in `driftloop.yaml`.',
  },
  CONFIG_ADMISSION_UNUSED: {
    meaning: 'A condition on the start of runs has no effect.',
    cause:
      "It is about runs that nothing starts, or a server is named that no model asks. `stillFiring` holds for alerts of the toolings' cluster, `samples` for alerts and schedules, `whenUnknown` for both.",
  },
} as const;
