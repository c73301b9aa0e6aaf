/**
 * What the charts and the program agree on that verifies signatures no interceptor of Tekton Triggers knows: where it is
 * asked, and where it finds the keys of senders.
 */
export const verifier = {
  /** Of the step runner's program: `node step.mjs verify-events`. */
  mode: 'verify-events',
  port: 8080,
  /** Answers as long as it lives. */
  healthPath: '/healthz',
  /** Folder with a file for each sender, called like it, that holds its key. */
  keyFolder: '/var/run/driftloop/senders',
} as const;

/** Interceptors that the verifier is, by what they verify; the value is the path and ends the Interceptor's name. */
export const mlflowSignature = 'mlflow';

/** Param of the interceptors: the name of the sender among `events`. */
export const senderParam = 'sender';
