import type { EventSource } from '../model-triggers.js';
import type { EventSourceInput } from '../schema/event-schema.js';
import type { PlatformInput } from '../schema/platform-schema.js';

/** `events` of `driftloop.yaml`, sorted by name. */
export function resolveEvents(inputs: PlatformInput['events'] = {}): readonly EventSource[] {
  return Object.entries(inputs)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, input]) => resolveEvent(name, input));
}

function resolveEvent(name: string, { kind, secret, namespace }: EventSourceInput): EventSource {
  return { name, kind, secret, namespace };
}
