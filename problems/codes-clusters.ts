/** Codes of problems with where environments are, and who reaches them. */
export const clusterCodes = {
  CONFIG_CALLERS: {
    meaning: 'A namespace is closed to something that its servers cannot do without.',
    cause:
      '`callers` lists every namespace that is let in. Knative counts and hands on requests from a namespace of its own.',
  },
  CONFIG_CLUSTER_UNKNOWN: {
    meaning: 'An environment is on a cluster that `driftloop.yaml` does not describe under `clusters`.',
    cause: 'The name is misspelt, or the cluster is missing. The cluster of the toolings has no name.',
  },
  CONFIG_CLUSTER_UNUSED: {
    meaning: 'A cluster is described, but no environment is on it.',
    cause: 'An environment lacks `cluster`, or the cluster is no longer needed.',
  },
  CONFIG_CLUSTER_UNREACHABLE: {
    meaning: 'Alerts on another cluster have no way to the listener that starts runs.',
    cause:
      'Within a cluster alerts reach the listener by its Service; from another one they need an address that leads in: `listener.expose`.',
  },
  CONFIG_CLUSTER_UNSEEN: {
    meaning: 'Nobody would be told when an alert on another cluster asks for a run and none starts.',
    cause:
      'Only the metrics of Tekton show that a run started, and Prometheus on the other cluster does not have them. Bring them there, or write `tektonMetrics: false` to do without the alert ModelRetrainNotStarted.',
  },
} as const;
