import type { Duration } from './values/duration.js';

/** How Argo CD applies the units. */
export interface ArgoCD {
  /** API server of the cluster with Argo CD, the toolings, and every environment that names no other. Default `https://kubernetes.default.svc`. */
  readonly server: string;
  /**
   * `applications`: an Application for each unit stands in Git; `applicationset`: one ApplicationSet makes them from an
   * index. Default `applications`.
   */
  readonly style: DeliveryStyle;
  /** Where what stands on the branch of the repository is copied to before it is applied. Default `off`. */
  readonly hydrate: Hydration;
  /** Does Argo CD prune objects and undo manual changes? Default true. */
  readonly selfHeal: boolean;
  readonly prune: boolean;
}

export type DeliveryStyle = 'applications' | 'applicationset';

/**
 * `off`: what is on the branch of the repository is applied. `branch`: Argo CD's source hydrator copies the units of an
 * environment to a branch of its own, and applies that. `next`: it copies them to `<branch>-next`, from where GitOps
 * Promoter, or people, bring them to the branch that is applied.
 */
export const hydrations = ['off', 'branch', 'next'] as const;

export type Hydration = (typeof hydrations)[number];

/** When Argo CD may sync by itself, or may not. */
export interface SyncWindow {
  readonly kind: 'allow' | 'deny';
  /** Five fields of cron: when it begins. */
  readonly schedule: string;
  readonly duration: Duration;
  /** Of the schedule. Default `Etc/UTC`. */
  readonly timeZone: string;
  /** May people sync by hand meanwhile, though nothing is synced by itself? Default false. */
  readonly manualSync: boolean;
}
