/** Codes of problems with what a trained model must meet, and where it is registered. */
export const gateCodes = {
  CONFIG_REGISTRY: {
    meaning: 'A model registry is described, but cannot be used as it is.',
    cause:
      'There is no `repository` that models are released to, or an environment has a name that MLflow keeps for itself.',
  },
  CONFIG_GATE_CHAMPION: {
    meaning: 'A gate compares with the champion, but nothing can tell which model that is.',
    cause:
      '`driftloop.yaml` names no `repository`, whose release records say what runs; or there are no environments.',
  },
  CONFIG_GATE_DIRECTION: {
    meaning: 'A gate asks for improvement, but nobody knows which values of the metric are better.',
    cause: 'The metric is not in the catalogue: write `better: higher` or `better: lower`.',
  },
  CONFIG_GATE_OPTION: {
    meaning: 'An option of a gate has no effect, or contradicts another one.',
    cause:
      '`better`, `minImprovement`, `tolerance`, `test` and `champion` mean something with `improveOver` only; a model cannot be better by some amount and be allowed to be worse.',
  },
} as const;
