import type { Model, SecretKey } from './model.js';
import type { Duration } from './values/duration.js';

/** Ways to start a run of a model besides its alerts. */
export interface RunTriggers {
  /** A push to the repository of the model's source. */
  readonly push: PushTrigger | undefined;
  /** A push of the files that stand for data. */
  readonly data: PushTrigger | undefined;
  /** A write of an object to a store. */
  readonly objects: ObjectTrigger | undefined;
  /** Something that happens to a version in a model registry. */
  readonly registry: RegistryTrigger | undefined;
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

/** Sends events about objects: a store that speaks S3, or EventBridge of AWS in its place. */
export const storeKinds = ['s3', 'eventbridge'] as const;

export type StoreKind = (typeof storeKinds)[number];

/** Sends events about versions of models. */
export const registryKinds = ['mlflow'] as const;

export type RegistryKind = (typeof registryKinds)[number];

/** Whatever sends events about code, data or models. */
export interface EventSource<Kind extends string = EventSourceKind> {
  readonly name: string;
  readonly kind: Kind;
  /** Key of its signatures, or its token; in the toolings namespace. */
  readonly secret: SecretKey;
  /** Where it runs in the cluster; undefined: it sends from outside. */
  readonly namespace: string | undefined;
}

export const eventSourceKinds = [...forgeKinds, ...storeKinds, ...registryKinds] as const;

export type EventSourceKind = (typeof eventSourceKinds)[number];

/** A push to one of the branches that touches one of the files starts a run with the pushed commit. */
export interface PushTrigger extends FileFilter {
  readonly forge: EventSource<ForgeKind>;
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

/** A write of an object of a bucket starts a run with the branch's newest commit. */
export interface ObjectTrigger {
  readonly store: EventSource<StoreKind>;
  readonly bucket: string;
  /** How its key begins; '' is any. */
  readonly prefix: string;
  /** How its key ends; '' is any. */
  readonly suffix: string;
}

/** An event of a registered model starts a run with the branch's newest commit. */
export interface RegistryTrigger {
  readonly registry: EventSource<RegistryKind>;
  /** Name of the registered model. */
  readonly model: string;
  readonly on: RegistryEvent;
}

export type RegistryEvent =
  /** A new version. */
  | { readonly kind: 'version' }
  /** A version gets this alias. */
  | { readonly kind: 'alias'; readonly alias: string }
  /** A version gets this tag; without a value: whatever its value. */
  | { readonly kind: 'tag'; readonly key: string; readonly value: string | undefined };

/** The senders a model listens to; none without training. */
export function listSources({ triggers, training }: Model): readonly EventSource[] {
  if (training === undefined) return [];
  const { push, data, objects, registry } = triggers;
  return [push?.forge, data?.forge, objects?.store, registry?.registry].flatMap((source) => source ?? []);
}
