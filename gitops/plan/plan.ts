import { hasErrors } from '../../problems/problem.js';
import type { Checked, Problem } from '../../problems/problem.js';
import type { RenderedUnit } from '../../synth/manifest.js';
import { guardAgainstCollapse, refuseEmptyRendering } from './collapse-guard.js';
import { draftDelivery } from './file-drafts.js';
import type { UnitDraft } from './file-drafts.js';
import { judgeFile } from './file-judgement.js';
import type { FileChange } from './file-judgement.js';
import { compareObjects } from './object-changes.js';
import type { ObjectChange } from './object-changes.js';
import { readObjects } from './objects.js';
import { ownsTheSame, readOwnership } from '../target/ownership.js';
import type { Ownership } from '../target/ownership.js';
import type { Selection } from './selection.js';
import type { SourceCommit } from '../git/source-commit.js';
import type { TargetTree } from '../target/target-tree.js';

export type { FileChange, ObjectChange };

export interface PlanOptions {
  /** Commit of the workspace that is rendered; undefined: it is in none. */
  readonly source?: Pick<SourceCommit, 'sha'> | undefined;
  /** Which of the rendered units are delivered; the others stay as they are. Default everything. */
  readonly selection?: Selection | undefined;
  /** Replace what was edited by hand, and take over files that are not ours. Default false. */
  readonly overwrite?: boolean | undefined;
  /** Let units vanish or lose more than half of their objects. Default false. */
  readonly allowCollapse?: boolean | undefined;
}

/** What publishing would change in one unit. */
export interface UnitPlan {
  readonly name: string;
  readonly environment: string | undefined;
  readonly model: string | undefined;
  /** Sorted by path. */
  readonly files: readonly FileChange[];
  /** Sorted by object. */
  readonly objects: readonly ObjectChange[];
}

export interface DeliveryPlan {
  /** The units that change, sorted by name. */
  readonly units: readonly UnitPlan[];
  /** What is ours once the plan is carried out. */
  readonly ownership: Ownership;
  /** Does owned.json have to be written? Taking over an equal file changes nothing else; a newer source alone is no reason. */
  readonly ownershipChanged: boolean;
}

/** Compares what was rendered with what the target holds. Only contents that differ are read. */
export async function planDelivery(
  rendered: Iterable<RenderedUnit>,
  target: TargetTree,
  options: PlanOptions = {},
): Promise<Checked<DeliveryPlan>> {
  const owned = await readOwnership(target);
  if (owned.value === undefined) return { value: undefined, problems: owned.problems };
  const drafts = draftDelivery(rendered, target, owned.value, options.selection ?? {});
  const contents = await target.read(drafts.flatMap((unit) => unit.files.map((file) => file.path)));
  const judged = drafts.map((draft) => planUnit(draft, contents, options));
  const problems = [
    ...refuseEmptyRendering(drafts, options.allowCollapse ?? false),
    ...judged.flatMap((unit) => unit.problems),
  ];
  if (hasErrors(problems)) return { value: undefined, problems };
  const ownership = nextOwnership(owned.value, drafts, options.source?.sha);
  return {
    value: {
      units: judged.map(({ plan }) => plan).filter((plan) => plan.files.some(isWritten)),
      ownership,
      ownershipChanged: !ownsTheSame(ownership, owned.value),
    },
    problems,
  };
}

/** Is there nothing to commit? */
export function isEmptyPlan(plan: DeliveryPlan): boolean {
  return plan.units.length === 0 && !plan.ownershipChanged;
}

/** New contents by path; undefined deletes. */
export function filesOfPlan(plan: DeliveryPlan): ReadonlyMap<string, string | undefined> {
  const written = plan.units.flatMap((unit) => unit.files.filter(isWritten));
  return new Map(written.map((file) => [file.path, file.text]));
}

function isWritten(file: FileChange): boolean {
  return file.action !== 'kept' && file.action !== 'adopted';
}

function planUnit(
  draft: UnitDraft,
  contents: ReadonlyMap<string, Buffer>,
  options: PlanOptions,
): { readonly plan: UnitPlan; readonly problems: readonly Problem[] } {
  const judged = draft.files.map((file) =>
    judgeFile(file, contents.get(file.path), options.overwrite ?? false),
  );
  const files = judged.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const kept = new Set(files.filter(({ action }) => action === 'kept').map(({ path }) => path));
  const touched = draft.files.filter((file) => !kept.has(file.path));
  const before = touched.flatMap((file) => readObjects(contents.get(file.path) ?? ''));
  const objects = compareObjects(
    before,
    touched.flatMap((file) => readObjects(file.text ?? '')),
  );
  const { name, environment, model } = draft;
  return {
    plan: { name, environment, model, files, objects },
    problems: [
      ...judged.flatMap(({ problems }) => problems),
      ...(options.allowCollapse === true ? [] : guardAgainstCollapse(draft, before.length, objects)),
    ],
  };
}

function nextOwnership(
  owned: Ownership,
  drafts: readonly UnitDraft[],
  rendered: string | undefined,
): Ownership {
  const next = new Map(owned);
  for (const { name, environment, model, digests, delivered } of drafts) {
    const source = delivered === 'additions' ? owned.get(name)?.source : rendered;
    if (digests.size > 0) next.set(name, { environment, model, source, files: digests });
    else next.delete(name);
  }
  return next;
}
