import type { Checked, Problem } from '../../problems/problem.js';
import type { Forge } from '../forges/forge.js';
import type { DeliveryPart } from './delivery-parts.js';
import { publish } from './publish.js';
import type { PublishRequest, PublishResult } from './publish-request.js';

export interface PartsRequest extends Omit<PublishRequest, 'forge' | 'selection'> {
  readonly parts: readonly DeliveryPart[];
  /** Called once, before anything is written, where a part needs it; not for a dry run. */
  readonly openForge: () => Checked<Forge>;
  /** Told of each part that is done: when a later one fails, this one stands. */
  readonly onPublished?: ((result: PublishResult) => void) | undefined;
}

/** Delivers the parts one after the other, each on top of what the last one left; the first that fails is the end. */
export async function publishParts(request: PartsRequest): Promise<Checked<readonly PublishResult[]>> {
  const { parts, dryRun, onPublished } = request;
  const needed = dryRun !== true && parts.some(({ mode }) => mode === 'pull-request');
  const { value: forge, problems: refusals } = needed
    ? request.openForge()
    : { value: undefined, problems: [] };
  if (needed && forge === undefined) return { value: undefined, problems: refusals };
  const results: PublishResult[] = [];
  const problems: Problem[] = [];
  for (const { mode, selection } of parts) {
    const outcome = await publish({ ...request, selection, forge: mode === 'push' ? undefined : forge });
    problems.push(...outcome.problems);
    if (outcome.value === undefined) return { value: undefined, problems: distinct(problems) };
    results.push(outcome.value);
    onPublished?.(outcome.value);
  }
  return { value: results, problems: distinct(problems) };
}

/** Every part renders, and so finds the same warnings. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
