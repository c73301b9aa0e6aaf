import type { Step } from './step.js';

/**
 * Every step by the name of its contract. A step is loaded when it is asked for, because most of them need little and
 * one or the other needs everything driftloop has.
 */
const steps = {
  admit: async () => (await import('./admit.js')).admit,
  'fetch-source': async () => (await import('./fetch-source.js')).fetchSource,
  'clear-data': async () => (await import('./clear-data.js')).clearData,
  'take-snapshot': async () => (await import('./take-snapshot.js')).takeSnapshot,
  train: async () => (await import('./train.js')).train,
  'clear-output': async () => (await import('./clear-output.js')).clearOutput,
  evaluate: async () => (await import('./evaluate.js')).evaluate,
  'seal-model': async () => (await import('./seal-model.js')).sealModel,
  package: async () => (await import('./package.js')).packageModel,
  sbom: async () => (await import('./sbom.js')).sbom,
  register: async () => (await import('./register.js')).register,
  'follow-releases': async () => (await import('./follow-releases.js')).followReleases,
  release: async () => (await import('./release.js')).release,
  'await-rollout': async () => (await import('./await-rollout.js')).awaitRollout,
  'smoke-test': async () => (await import('./smoke-test.js')).smokeTest,
  promote: async () => (await import('./promote.js')).promote,
  notify: async () => (await import('./notify.js')).notify,
  record: async () => (await import('./record.js')).record,
  'start-run': async () => (await import('./start-run.js')).startRun,
} satisfies Record<string, () => Promise<Step>>;

/** In the order of a run. */
export const stepNames: readonly string[] = Object.keys(steps);

/** undefined: there is no such step. */
export async function loadStep(name: string): Promise<Step | undefined> {
  const load = new Map<string, () => Promise<Step>>(Object.entries(steps)).get(name);
  return load?.();
}
