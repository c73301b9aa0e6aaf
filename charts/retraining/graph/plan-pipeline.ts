import { admit } from '../../tasks/admit.js';
import { planAdmission } from './admission.js';
import { planAfterwards, planAnnouncement } from './afterwards.js';
import { planModelScan, planPackage } from './artifact.js';
import { planChecks } from './checks.js';
import { planData } from './data.js';
import { planGates } from './gates.js';
import { planImageChecks, planSigning } from './image-checks.js';
import { planRegistration } from './registration.js';
import { planRelease } from './release.js';
import { planPromotion, planRollout, planSmokeTest } from './rollout.js';
import { planSource } from './source.js';
import { resultOf } from './stage.js';
import type { GraphContext, Stage, StageCondition } from './stage.js';
import { planTraining } from './training.js';

/** A Pipeline before it is an object. */
export interface PipelinePlan {
  /** In the order of a run; those of a phase run side by side. */
  readonly stages: readonly PlannedStage[];
  /** What runs at the end of every run, whatever became of it, side by side. */
  readonly afterwards: readonly Stage[];
}

export type PlannedStage = Stage & {
  /** Stages that must have ended before. */
  readonly runAfter: readonly string[];
};

/**
 * The phases of a run, each after the one before. A phase plans the stages that run side by side, and none when the
 * Model asks for none; so a further stage is one more entry of its phase, and nothing else changes.
 */
const phases: readonly ((context: GraphContext) => readonly Stage[])[] = [
  planSource,
  planChecks,
  planData,
  planTraining,
  planGates,
  planModelScan,
  planPackage,
  planImageChecks,
  planSigning,
  planRegistration,
  planRelease,
  planRollout,
  planSmokeTest,
  planPromotion,
];

/** What runs in the Pipeline of a model, and after what. */
export function planPipeline(context: GraphContext): PipelinePlan {
  const admission = planAdmission(context);
  const stages: PlannedStage[] = admission.map((stage) => ({ ...stage, runAfter: [] }));
  let before = admission.map(({ name }) => name);
  for (const stage of planAnnouncement(context))
    stages.push({ ...stage, conditions: [isAdmitted, ...stage.conditions], runAfter: before });
  for (const phase of phases) {
    const planned = phase(context);
    if (planned.length === 0) continue;
    const after = before;
    // Tekton skips what waits for a skipped task only when it also uses a result of it, so each stage asks itself.
    stages.push(
      ...planned.map((stage) => ({
        ...stage,
        conditions: [isAdmitted, ...stage.conditions],
        runAfter: after,
      })),
    );
    before = planned.map(({ name }) => name);
  }
  return { stages, afterwards: planAfterwards(context) };
}

const isAdmitted: StageCondition = { input: resultOf(admit, 'admitted'), values: ['true'] };

/** All stages of a plan. */
export function listStages({ stages, afterwards }: PipelinePlan): readonly Stage[] {
  return [...stages, ...afterwards];
}
