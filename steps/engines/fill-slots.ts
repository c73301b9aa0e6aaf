import { engineSlots } from '../../charts/engine-contract.js';
import type { EngineSlot } from '../../charts/engine-contract.js';

/** Replaces the texts that are slots, and only those that are nothing else. */
export function fillSlots(value: unknown, values: Readonly<Record<EngineSlot, string>>): unknown {
  const known = new Map<unknown, string>(
    Object.entries(engineSlots).map(([slot, text]) => [text, values[slot as EngineSlot]]), // entries() forgets the names.
  );
  const fill = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(fill);
    if (typeof part !== 'object' || part === null) return known.get(part) ?? part;
    return Object.fromEntries(Object.entries(part).map(([key, child]) => [key, fill(child)]));
  };
  return fill(value);
}
