import { applicationName, directories, projectScopes } from '../charts/conventions.js';
import type { ExpectedApplication } from '../gitops/argocd/await-applications.js';
import { isSelected } from '../gitops/plan/selection.js';
import type { DeliveryPart } from '../gitops/publish/delivery-parts.js';
import type { PublishResult } from '../gitops/publish/publish-request.js';

/** What was pushed, part by part, and how. */
export interface PublishedPart {
  readonly part: DeliveryPart;
  readonly result: PublishResult;
}

/**
 * The Applications of what was pushed. Where nothing had to be pushed they are those of everything that was selected: who
 * publishes again wants to know whether it has arrived.
 */
export function awaitedApplications(
  platform: string,
  published: readonly PublishedPart[],
): readonly ExpectedApplication[] {
  const expected = published.flatMap(({ part, result }) =>
    unitsOf(part, result).flatMap((unit): readonly ExpectedApplication[] => {
      const name = applicationOf(platform, unit);
      return name === undefined ? [] : [{ name, unit, stays: result.plan.ownership.has(unit) }];
    }),
  );
  return [...new Map(expected.map((each) => [each.name, each])).values()];
}

function unitsOf({ selection }: DeliveryPart, { action, plan }: PublishResult): readonly string[] {
  if (action === 'pushed') return plan.units.map(({ name }) => name);
  return [...plan.ownership].filter(([, unit]) => isSelected(unit, selection)).map(([name]) => name);
}

/** undefined: it is applied by hand. */
export function applicationOf(platform: string, unit: string): string | undefined {
  if (unit === directories.applications) return applicationName(platform, projectScopes.root);
  const byHand = unit === directories.bootstrap || unit.startsWith(`${directories.bootstrap}/`);
  return byHand ? undefined : applicationName(platform, unit);
}
