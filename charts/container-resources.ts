import type { ContainerResources } from '../config/model.js';

/** Devices as limits, which are their requests, too. */
export function describeDevices({ devices }: ContainerResources): Record<string, string> {
  return Object.fromEntries(Object.entries(devices).map(([name, count]) => [name, String(count)]));
}

/** Memory is limited to what is requested; processor time is not, because a throttled server is a slow one. */
export function describeResources(resources: ContainerResources): {
  readonly requests: Record<string, string>;
  readonly limits: Record<string, string>;
} {
  const { cpu, memory } = resources;
  return { requests: { cpu, memory }, limits: { memory, ...describeDevices(resources) } };
}

/** A training is limited to what it asks for, so that it takes nothing from what serves beside it. */
export function limitResources(resources: ContainerResources): {
  readonly requests: Record<string, string>;
  readonly limits: Record<string, string>;
} {
  const { cpu, memory } = resources;
  return { requests: { cpu, memory }, limits: { cpu, memory, ...describeDevices(resources) } };
}
