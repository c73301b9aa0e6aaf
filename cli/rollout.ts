import type { Rollout } from '../gitops/argocd/await-applications.js';
import type { DeliveryPart } from '../gitops/publish/delivery-parts.js';
import type { PublishRequest, PublishResult } from '../gitops/publish/publish-request.js';
import type { Checked } from '../problems/problem.js';
import { count } from './count.js';
import { RolloutWatch } from './rollout-watch.js';
import type { Session } from './session.js';
import type { WaitOptions } from './wait-options.js';

export interface AwaitedPublication {
  readonly request: PublishRequest;
  readonly parts: readonly DeliveryPart[];
  readonly options: WaitOptions;
  readonly session: Session;
  readonly publishAll: () => Promise<Checked<readonly PublishResult[]>>;
  /** For people. */
  readonly tell: (text: string) => void;
}

/** Publishes, and waits until Argo CD has brought it to the clusters. */
export async function publishAndWait({
  request,
  parts,
  options,
  session,
  publishAll,
  tell,
}: AwaitedPublication): Promise<
  Checked<{ readonly results: readonly PublishResult[]; readonly rollout: Rollout }>
> {
  const opened = await RolloutWatch.open(request, parts, options, session);
  const { value: watch } = opened;
  if (watch === undefined) return { value: undefined, problems: opened.problems };
  try {
    const { value: results, problems } = await publishAll();
    if (results === undefined) return { value: undefined, problems };
    const published = parts.flatMap((part, index) => {
      const result = results[index];
      return result === undefined ? [] : [{ part, result }];
    });
    const rollout = await watch.follow(published);
    tell(formatRollout(rollout));
    return { value: { results, rollout }, problems };
  } finally {
    await watch.close();
  }
}

/** How it ended, for people. */
function formatRollout({ outcome, applications }: Rollout): string {
  if (outcome === 'arrived') {
    return applications.length === 0
      ? 'nothing to wait for\n'
      : `arrived: ${count(applications.length, 'Application')}, synced and healthy\n`;
  }
  const missing = applications.filter(({ state }) => state !== 'arrived');
  const told = outcome === 'failed' ? missing.filter(({ state }) => state === 'failed') : missing;
  const head = outcome === 'failed' ? 'failed' : 'not arrived in time';
  return `${[`${head}:`, ...told.map(({ unit, application, reason }) => `  ${unit} (${application}): ${reason}`)].join('\n')}\n`;
}
