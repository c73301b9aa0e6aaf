import type { Workspace } from '../../config/model.js';
import type { Releases } from '../../config/release.js';
import { hasErrors } from '../../problems/problem.js';
import type { Checked, Problem } from '../../problems/problem.js';
import type { RenderedUnit } from '../../synth/manifest.js';
import { describeDelivery } from './commit-message.js';
import type { CommitMessage } from './commit-message.js';
import { formatHydratorMetadata } from './hydrator-metadata.js';
import type { CommitReference } from './hydrator-metadata.js';
import { targetLayout } from '../target/layout.js';
import { formatOwnership } from '../target/ownership.js';
import { placeFinder } from '../target/place.js';
import { filesOfPlan, planDelivery } from '../plan/plan.js';
import type { DeliveryPlan, PlanOptions } from '../plan/plan.js';
import type { SourceCommit } from '../git/source-commit.js';
import { refuseOlderSource } from './older-source.js';
import { findUnpublished } from './unpublished.js';
import { readReleases } from '../target/target-releases.js';
import type { TargetTree } from '../target/target-tree.js';

/** What is to be delivered, independent of where to and how. */
export interface DeliveryRequest extends PlanOptions {
  readonly workspace: Workspace;
  /** Renders all units; called again whenever the target has moved. Its problems are asked for when all were taken. */
  render(releases: Releases): Checked<Iterable<RenderedUnit>> | Promise<Checked<Iterable<RenderedUnit>>>;
  /** Commit of the workspace; undefined: it is in no Git repository, and hydrator.metadata is not written. */
  readonly source: SourceCommit | undefined;
  /** How another commit of the workspace relates to `source`. Default: nobody asks. */
  readonly relationTo?: ((commit: string) => Promise<'older' | 'newer' | 'unknown'>) | undefined;
  /** May units be published over that were published from a newer commit? Default false. */
  readonly allowOlder?: boolean | undefined;
  /** Changes the releases before they are rendered; its files go into the same commit. */
  readonly amend?: Amend | undefined;
  /** With an amendment, may changes of the unit that nobody has published come along? Default false. */
  readonly withChanges?: boolean | undefined;
}

/** @param proposed what the branch of the pull request holds; undefined: there is to be none */
export type Amend = (
  releases: Releases,
  target: TargetTree,
  proposed: TargetTree | undefined,
) => Promise<Checked<Amendment>>;

/** What a change of release records adds to a delivery. */
export interface Amendment {
  readonly releases: Releases;
  /** Text by path; nothing to write means that nothing is rendered either. */
  readonly files: ReadonlyMap<string, string>;
  /** Environment that is rendered with them; undefined: they change nothing that is rendered. */
  readonly environment: string | undefined;
  /** First line of the commit message. */
  readonly subject: string;
  /** What the commit message says besides the changed objects; '' for nothing. */
  readonly notes: string;
  /** What the branch of the pull request proposes is so already, so that nobody needs it. Default false. */
  readonly settled?: boolean | undefined;
  /** The model's commit behind a release; Argo CD shows it beside the synced commit. Default: the source. */
  readonly reference?: CommitReference | undefined;
}

/** A commit that could be made on top of the target. */
export interface Delivery {
  readonly plan: DeliveryPlan;
  /** New contents by path; undefined deletes; empty: nothing to commit. */
  readonly files: ReadonlyMap<string, string | undefined>;
  readonly message: CommitMessage;
  readonly context: DeliveryContext;
  /** As an amendment has it. */
  readonly settled?: boolean | undefined;
}

/** What a reviewer wants to know besides the changes. */
export interface DeliveryContext {
  readonly workspace: Workspace;
  readonly source: SourceCommit | undefined;
  /** As the target has them, and as they are with this delivery. */
  readonly releases: { readonly before: Releases; readonly after: Releases };
}

/**
 * Renders on top of a target and works out the commit; nothing is written.
 * @param proposed what the branch of the pull request holds; undefined: there is to be none
 */
export async function prepareDelivery(
  request: DeliveryRequest,
  target: TargetTree,
  proposed?: TargetTree,
): Promise<Checked<Delivery>> {
  const found = await readReleases(target, request.workspace);
  if (found.value === undefined) return { value: undefined, problems: found.problems };
  const amended = await request.amend?.(found.value, target, proposed);
  if (amended !== undefined && amended.value === undefined) {
    return { value: undefined, problems: [...found.problems, ...amended.problems] };
  }
  const amendment = amended?.value;
  const known = [...found.problems, ...(amended?.problems ?? [])];
  const { workspace, source } = request;
  const releases = { before: found.value, after: amendment?.releases ?? found.value };
  const context = { workspace, source, releases };
  if (amendment?.files.size === 0) {
    const { settled } = amendment;
    return { value: { ...nothingToDeliver(context), settled }, problems: known };
  }
  if (amendment !== undefined && amendment.environment === undefined) {
    const { plan } = nothingToDeliver(context);
    return assemble(request, target, { plan, amendment, context }, known);
  }
  const foreign = amendment === undefined ? [] : await findUnpublished(request, target, found.value);
  if (foreign.length > 0) return { value: undefined, problems: [...known, ...foreign] };
  const rendered = await request.render(amendment?.releases ?? found.value);
  const planned =
    rendered.value === undefined
      ? { value: undefined, problems: [] }
      : await planDelivery(rendered.value, target, request);
  const rendering = [...known, ...rendered.problems];
  // What would become of something that is wrong, is of no interest.
  if (hasErrors(rendering)) return { value: undefined, problems: rendering };
  const problems = [...rendering, ...planned.problems];
  if (planned.value === undefined || hasErrors(problems)) return { value: undefined, problems };
  problems.push(...(await refuseOlderSource(request, target, planned.value)));
  return assemble(request, target, { plan: planned.value, amendment, context }, problems);
}

function nothingToDeliver(context: DeliveryContext): Delivery {
  return {
    plan: { units: [], ownership: new Map(), ownershipChanged: false },
    files: new Map(),
    message: { subject: '', body: '', notes: '', trailers: [] },
    context,
  };
}

interface Draft {
  readonly plan: DeliveryPlan;
  readonly amendment: Amendment | undefined;
  readonly context: DeliveryContext;
}

function assemble(
  request: DeliveryRequest,
  target: TargetTree,
  { plan, amendment, context }: Draft,
  found: readonly Problem[],
): Checked<Delivery> {
  const { source } = request;
  const own = new Map<string, string | undefined>(amendment?.files);
  if (plan.ownershipChanged) own.set(targetLayout.ownership, formatOwnership(plan.ownership));
  for (const [path, text] of metadataFiles(request, target, plan, amendment)) own.set(path, text);
  const problems = [...found, ...findBlocked(target, own.keys()).map(describeBlocked)];
  const files = new Map([...filesOfPlan(plan), ...own]);
  const rendered = amendment === undefined || amendment.environment !== undefined;
  if (source?.dirty === true && rendered && files.size > 0) problems.push(describeDirty(source));
  if (hasErrors(problems)) return { value: undefined, problems };
  const message = describeDelivery(plan, amendment?.reference ?? source, amendment);
  return { value: { plan, files, message, context }, problems };
}

/** One hydrator.metadata per environment that changes; it goes where nobody knows its commit, or nothing is left. */
function metadataFiles(
  { source }: DeliveryRequest,
  target: TargetTree,
  plan: DeliveryPlan,
  amendment: Amendment | undefined,
): ReadonlyMap<string, string | undefined> {
  const reference = amendment?.reference;
  const changed = [...plan.units.map((unit) => unit.environment), amendment?.environment];
  const remaining = new Set([...plan.ownership.values()].map((unit) => unit.environment));
  const files = new Map<string, string | undefined>();
  for (const environment of new Set(changed)) {
    if (environment === undefined) continue;
    const path = targetLayout.metadata(environment);
    if (source !== undefined && remaining.has(environment)) {
      files.set(path, formatHydratorMetadata(source, reference === undefined ? [] : [reference]));
    } else if (target.entries.has(path)) files.set(path, undefined);
  }
  return files;
}

/** The paths where something other than a file stands, or a file where a folder must be. */
function findBlocked(target: TargetTree, paths: Iterable<string>): readonly string[] {
  const place = placeFinder(target);
  return [...paths].filter((path) => !['file', undefined].includes(place(path).present));
}

function describeBlocked(path: string): Problem {
  return {
    code: 'GITOPS_PATH_TAKEN',
    severity: 'error',
    message: `${path} cannot be written: something that is not a file stands in its way in the GitOps repository`,
    hint: 'Move it away.',
  };
}

function describeDirty(source: SourceCommit): Problem {
  return {
    code: 'GITOPS_SOURCE_DIRTY',
    severity: 'warning',
    message: `the workspace has uncommitted changes, so commit ${source.sha.slice(0, 7)} in hydrator.metadata does not hold what is published`,
    hint: 'Commit and push the workspace, then publish again.',
  };
}
