import type { Placement, Toleration } from '../config/model.js';

/** Where Pods may run, as all kinds that make Pods spell it; what is not asked for is left out. */
export function describePlacement({ nodeSelector, tolerations }: Placement): {
  readonly nodeSelector?: Record<string, string>;
  readonly tolerations?: TolerationFields[];
} {
  return {
    ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector: { ...nodeSelector } }),
    ...(tolerations.length === 0 ? {} : { tolerations: tolerations.map(describeToleration) }),
  };
}

export interface TolerationFields {
  readonly key: string;
  readonly operator: 'Equal' | 'Exists';
  readonly value?: string;
  readonly effect?: string;
}

function describeToleration({ key, value, effect }: Toleration): TolerationFields {
  return {
    key,
    ...(value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value }),
    ...(effect === undefined ? {} : { effect }),
  };
}
