import { z } from 'zod';

const text = z.string().optional();

/** The part of an Application that tells what became of a commit; whatever else it says is left alone. */
const application = z.object({
  spec: z.object({ sourceHydrator: z.object({}).optional() }).optional(),
  status: z
    .object({
      sync: z.object({ status: text, revision: text }).optional(),
      health: z.object({ status: text, message: text, lastTransitionTime: text }).optional(),
      operationState: z
        .object({
          phase: text,
          message: text,
          startedAt: text,
          finishedAt: text,
          operation: z.object({ sync: z.object({ revision: text }).optional() }).optional(),
          syncResult: z.object({ revision: text }).optional(),
        })
        .optional(),
      conditions: z.array(z.object({ type: text, message: text })).optional(),
      reconciledAt: text,
      sourceHydrator: z
        .object({
          currentOperation: z.object({ drySHA: text, phase: text, message: text }).optional(),
          lastSuccessfulOperation: z.object({ drySHA: text, hydratedSHA: text }).optional(),
        })
        .optional(),
    })
    .optional(),
});

/** What Argo CD says about an Application; '' and undefined where it has said nothing yet. */
export interface ApplicationStatus {
  /** Commit that the cluster was compared to. */
  readonly revision: string;
  /** `Synced`, `OutOfSync`, `Unknown`. */
  readonly sync: string;
  readonly health: Health;
  /** The last sync, or the one that is running. */
  readonly operation: Operation | undefined;
  /** Errors and warnings, in Argo CD's words. */
  readonly conditions: readonly string[];
  /** When all this was found out; RFC 3339, by the cluster's clock. */
  readonly comparedAt: string;
  /** undefined: it syncs what is written, and hydrates nothing. */
  readonly hydration: Hydration | undefined;
}

export interface Health {
  /** `Healthy`, `Progressing`, `Degraded`, `Missing`, `Suspended`, `Unknown`. */
  readonly status: string;
  readonly message: string;
  /** Since when; RFC 3339. */
  readonly since: string;
}

export interface Operation {
  /** `Running`, `Succeeded`, `Failed`, `Error`, `Terminating`. */
  readonly phase: string;
  readonly message: string;
  readonly revision: string;
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** How far the source hydrator is. */
export interface Hydration {
  /** The last commit that it has hydrated, and what came of it. */
  readonly done: { readonly dry: string; readonly hydrated: string };
  /** The commit that it failed at, and why; undefined: it has not. */
  readonly failed: { readonly dry: string; readonly message: string } | undefined;
}

/** @returns undefined for what is no Application */
export function readApplication(object: unknown): ApplicationStatus | undefined {
  const parsed = application.safeParse(object);
  if (!parsed.success) return undefined;
  const { spec, status = {} } = parsed.data;
  const { sync, health, operationState, conditions = [], reconciledAt = '' } = status;
  return {
    revision: sync?.revision ?? '',
    sync: sync?.status ?? 'Unknown',
    health: {
      status: health?.status ?? 'Unknown',
      message: health?.message ?? '',
      since: health?.lastTransitionTime ?? '',
    },
    operation: operationState && {
      phase: operationState.phase ?? '',
      message: operationState.message ?? '',
      revision: operationState.syncResult?.revision ?? operationState.operation?.sync?.revision ?? '',
      startedAt: operationState.startedAt ?? '',
      finishedAt: operationState.finishedAt ?? '',
    },
    conditions: conditions.map(({ type = '', message = '' }) => `${type}: ${message}`),
    comparedAt: reconciledAt,
    hydration: spec?.sourceHydrator === undefined ? undefined : readHydration(status.sourceHydrator),
  };
}

type Hydrator = NonNullable<NonNullable<z.output<typeof application>['status']>['sourceHydrator']>;

function readHydration({ currentOperation, lastSuccessfulOperation }: Hydrator = {}): Hydration {
  const { drySHA: dry = '', phase, message = '' } = currentOperation ?? {};
  return {
    done: {
      dry: lastSuccessfulOperation?.drySHA ?? '',
      hydrated: lastSuccessfulOperation?.hydratedSHA ?? '',
    },
    failed: phase === 'Failed' ? { dry, message } : undefined,
  };
}
