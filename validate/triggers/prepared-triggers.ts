import type { Manifest } from '../../synth/manifest.js';
import type { Cluster } from '../cluster.js';
import { readInterceptors } from './interceptors.js';
import type { Interceptor } from './interceptors.js';
import { findTriggers } from './listeners.js';
import type { RunnableTrigger } from './listeners.js';

/** A Trigger whose interceptors have been read, for many events. */
export interface PreparedTrigger extends RunnableTrigger {
  readonly interceptors: readonly Interceptor[];
}

/** Finds the Triggers of a listener, and reads each once. */
export function createTriggerFinder(cluster: Cluster): (listener: Manifest) => readonly PreparedTrigger[] {
  const known = new Map<Manifest, readonly PreparedTrigger[]>();
  return (listener) => {
    const prepared = known.get(listener) ?? findTriggers(cluster, listener).map(prepareTrigger);
    known.set(listener, prepared);
    return prepared;
  };
}

function prepareTrigger(trigger: RunnableTrigger): PreparedTrigger {
  return { ...trigger, interceptors: readInterceptors(trigger.spec) };
}
