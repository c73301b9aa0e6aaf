import type { Releases } from '../../config/release.js';
import { hasErrors } from '../../problems/problem.js';
import type { Problem } from '../../problems/problem.js';
import { planDelivery } from '../plan/plan.js';
import type { DeliveryPlan } from '../plan/plan.js';
import { isSelected } from '../plan/selection.js';
import type { Selection } from '../plan/selection.js';
import { readOwnership } from '../target/ownership.js';
import type { TargetTree } from '../target/target-tree.js';
import type { DeliveryRequest } from './delivery.js';

/** So many objects are named; the rest is counted. */
const shown = 3;

/**
 * What a release would bring along that is not its own: changes of the unit in the workspace, or of driftloop, that
 * nobody has published. Rendered with the releases as they are, the unit must be what the target holds. Rendering for
 * that is not needed where the unit was published from this very commit, nor where it was never published.
 */
export async function findUnpublished(
  request: DeliveryRequest,
  target: TargetTree,
  releases: Releases,
): Promise<readonly Problem[]> {
  const { source, selection = {} } = request;
  if (request.withChanges === true) return [];
  const owned = await readOwnership(target);
  const published = [...(owned.value?.values() ?? [])].find((unit) => isSelected(unit, selection));
  if (published === undefined) return [];
  if (source?.dirty === false && source.sha === published.source) return [];
  const rendered = await request.render(releases);
  if (rendered.value === undefined) return [];
  const { value: plan } = await planDelivery(rendered.value, target, request);
  // What is wrong with it is found again when the release itself is rendered.
  if (hasErrors(rendered.problems)) return [];
  const changes = plan === undefined ? [] : listChanges(plan, selection);
  return changes.length === 0 ? [] : [describe(changes, selection, published.source)];
}

function listChanges(plan: DeliveryPlan, selection: Selection): readonly string[] {
  return plan.units
    .filter((unit) => isSelected(unit, selection))
    .flatMap(({ objects, files }) =>
      objects.length > 0 ? objects.map(({ object }) => object) : files.map(({ path }) => path),
    );
}

function describe(changes: readonly string[], selection: Selection, commit: string | undefined): Problem {
  const [environment = '', model = ''] = [selection.environments?.[0], selection.models?.[0]];
  const rest = changes.length - shown;
  const names = [...changes.slice(0, shown), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  const elsewhere = commit === undefined ? '' : `, work on commit ${commit.slice(0, 7)}`;
  return {
    code: 'GITOPS_RELEASE_BRINGS_MORE',
    severity: 'error',
    message: `${environment}/${model} has changes that nobody has published, and a release would bring them along: ${names}`,
    hint: `Run \`driftloop publish --env ${environment} --model ${model}\` first${elsewhere}, or add --with-changes to deliver both.`,
  };
}
