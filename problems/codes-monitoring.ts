/** Codes of problems of config/ about monitors and what watches models. */
export const monitoringCodes = {
  CONFIG_DASHBOARDS: {
    meaning: 'A key about dashboards means nothing to the way in which they are delivered.',
    cause:
      'Instances and data sources belong to the Grafana operator, labels to ConfigMaps that a sidecar collects.',
  },
  CONFIG_MONITOR_SERVICE: {
    meaning: 'The service of a monitor cannot be rendered as it is described.',
    cause:
      'Only TrustyAI has a service that driftloop renders, a namespace has one of it, and it keeps its data in a volume or in a database.',
  },
  CONFIG_MONITOR_SCRAPE: {
    meaning: 'Prometheus would read a monitor twice, or not at all.',
    cause:
      'The TrustyAI operator has ServiceMonitors of its own, the servers of models are read once, and a Service is read at a named port.',
  },
  CONFIG_MONITOR_UNFED: {
    meaning: 'Nothing hands the requests of a model to the monitor that watches it.',
    cause:
      'KServe copies requests and answers to TrustyAI; the Deployment of a server of your own does not. Serve the model with KServe, or let the server post them to the service.',
  },
} as const;
