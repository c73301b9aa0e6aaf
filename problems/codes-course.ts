/** Codes of problems that only the GitOps tree of the course can have. */
export const courseCodes = {
  COURSE_APP_MISPLACED: {
    meaning: 'A chart of the course stands in a folder where it means nothing.',
    cause:
      'Models, their alerts and TrustyAI belong to an environment below `model-deployments/`, everything else to `toolings/`.',
  },
  COURSE_ASSUMED: {
    meaning: 'The tree does not say something that is needed, and a default was assumed.',
    cause:
      'The course leaves it to its own charts or to the people of the class. Say it in `course.yaml` at the root of the tree.',
  },
  COURSE_CHART_UNKNOWN: {
    meaning: '`chart_path` names no chart of the course.',
    cause: 'A slip of the finger, or a chart of another repository, which needs `repo_url`.',
  },
  COURSE_CONTRADICTION: {
    meaning: 'Two files of the tree say different things.',
    cause:
      'The course asks for the same value in many files and calls it `USER_NAME`, `user` or `name`; one of them was forgotten.',
  },
  COURSE_KEY_WITHOUT_EFFECT: {
    meaning: 'A key is accepted but causes nothing.',
    cause:
      "The course's chart ignores it, too, or it was about something that driftloop does in another way. The hint says what works.",
  },
  COURSE_NOT_RENDERED: {
    meaning: 'A part of the tree is understood, but driftloop does not render it yet.',
    cause: "Keep the course's own ApplicationSet for this app, or do without it.",
  },
} as const;
