/** Environment variables a server of a plain Deployment finds: which model it shall serve. */
export const servingVariables = {
  /** `oci://repository@sha256:…` */
  image: 'MODEL_IMAGE',
  version: 'MODEL_VERSION',
} as const;
