import type { Model, SecretKey } from './model.js';
import type { Duration } from './values/duration.js';

/** Ways to start a run of a model besides its alerts. */
export interface RunTriggers {
  /** A push to the repository of the model's source. */
  readonly push: PushTrigger | undefined;
  /** A push of the files that stand for data. */
  readonly data: PushTrigger | undefined;
  readonly schedule: ScheduleTrigger | undefined;
  /** May a request with the listener's token start a run? */
  readonly manual: boolean;
}

/** Runs at fixed times. */
export interface ScheduleTrigger {
  /** Cron expression. */
  readonly cron: string;
  /** Name in the IANA database. Default `Etc/UTC`. */
  readonly timeZone: string;
  /** How late a missed start is made up for; after that it is left out. Default 1h. */
  readonly startingDeadline: Duration;
}

/** Sends events about pushes. */
export const forgeKinds = ['github', 'gitea', 'gitlab', 'bitbucket', 'bitbucket-datacenter'] as const;

export type ForgeKind = (typeof forgeKinds)[number];

/** Whatever sends events about code, data or models. */
export interface EventSource<Kind extends string = EventSourceKind> {
  readonly name: string;
  readonly kind: Kind;
  /** Key of its signatures, or its token; in the toolings namespace. */
  readonly secret: SecretKey;
  /** Where it runs in the cluster; undefined: it sends from outside. */
  readonly namespace: string | undefined;
}

export type EventSourceKind = ForgeKind;

/** A push to one of the branches that touches one of the files starts a run with the pushed commit. */
export interface PushTrigger extends FileFilter {
  readonly forge: EventSource;
  /** The model's own, as the forge calls it: `team/repository`. */
  readonly repository: string;
  /** At least one. */
  readonly branches: readonly string[];
}

/** Patterns (values/file-pattern.ts) on the files of all pushed commits. */
export interface FileFilter {
  /** Empty: every file counts. */
  readonly paths: readonly string[];
  /** Files that do not count, whatever `paths` says. */
  readonly ignorePaths: readonly string[];
}

/** The senders a model listens to; none without training. */
export function listSources({ triggers, training }: Model): readonly EventSource[] {
  if (training === undefined) return [];
  return [triggers.push, triggers.data].flatMap((trigger) => trigger?.forge ?? []);
}
