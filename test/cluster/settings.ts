/** What the test reads from its environment, once. */
export interface ClusterSettings {
  readonly namespaces: {
    readonly infrastructure: string;
    readonly toolings: string;
    readonly test: string;
    readonly prod: string;
    readonly argocd: string;
  };
  /** Name of the platform, and prefix of everything outside the namespaces. */
  readonly platform: string;
  /** The step runner's image, as the cluster's nodes know it. */
  readonly stepsImage: string;
  /** The example's image: Node.js with `server.mjs` in /app. */
  readonly exampleImage: string;
  /** `image` and `version` of the monitoring objects; empty lets the operator choose. */
  readonly prometheusImage: Readonly<Record<string, string>>;
  readonly alertmanagerImage: Readonly<Record<string, string>>;
  readonly gitUser: string;
  readonly gitPassword: string;
  readonly token: string;
}

/** Reads the settings; throws with the list of what is missing. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): ClusterSettings {
  const missing = ['KUBECONFIG', 'DRIFTLOOP_STEPS_IMAGE', 'DRIFTLOOP_EXAMPLE_IMAGE'].filter(
    (name) => env[name] === undefined || env[name] === '',
  );
  if (missing.length > 0) {
    throw new Error(`Set ${missing.join(', ')}; test/cluster/README.md says how.`);
  }
  const platform = env.DRIFTLOOP_CLUSTER_NAME ?? 'loop';
  return {
    platform,
    namespaces: {
      infrastructure: `${platform}-infrastructure`,
      toolings: `${platform}-toolings`,
      test: `${platform}-test`,
      prod: `${platform}-prod`,
      argocd: env.DRIFTLOOP_ARGOCD_NAMESPACE ?? 'argocd',
    },
    stepsImage: env.DRIFTLOOP_STEPS_IMAGE ?? '',
    exampleImage: env.DRIFTLOOP_EXAMPLE_IMAGE ?? '',
    prometheusImage: imageOf(env.DRIFTLOOP_PROMETHEUS_IMAGE),
    alertmanagerImage: imageOf(env.DRIFTLOOP_ALERTMANAGER_IMAGE),
    gitUser: 'loop',
    gitPassword: 'correct-horse',
    token: 'battery-staple',
  };
}

/** `prometheus:v3.13.1` → image and version; the operator derives arguments from the version. */
function imageOf(image: string | undefined): Record<string, string> {
  if (image === undefined || image === '') return {};
  return { image, version: image.slice(image.lastIndexOf(':') + 1) };
}
