/** Names by which KServe knows containers of a Pod. */
export const kserveContainers = { model: 'kserve-container', transformer: 'transformer-container' } as const;

/** Annotations and labels of InferenceServices that KServe and OpenShift AI read. */
export const kserveKeys = {
  deploymentMode: 'serving.kserve.io/deploymentMode',
  autoscalerClass: 'serving.kserve.io/autoscalerClass',
  visibility: {
    Standard: 'networking.kserve.io/visibility',
    Knative: 'networking.knative.dev/visibility',
  },
  authentication: 'security.opendatahub.io/enable-auth',
  connection: 'opendatahub.io/connections',
} as const;
