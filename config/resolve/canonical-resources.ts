import type { ContainerResources } from '../model.js';
import { canonicalQuantity } from '../values/quantity.js';

interface CheckedResources {
  readonly cpu: string;
  readonly memory: string;
  readonly devices?: Readonly<Record<string, number>> | undefined;
}

/** Quantities in the spelling of Kubernetes; any other one would be a difference for Argo CD. */
export function canonicalResources({ cpu, memory, devices = {} }: CheckedResources): ContainerResources {
  return { cpu: canonicalQuantity(cpu), memory: canonicalQuantity(memory), devices };
}
