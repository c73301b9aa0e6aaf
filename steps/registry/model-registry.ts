/** A version of a model, as registries know it. */
export interface RegisteredVersion {
  readonly model: string;
  /** As its release is called. */
  readonly version: string;
  /** `oci://…@sha256:…` */
  readonly image: string;
  /** Markdown; '' for none. */
  readonly description: string;
  /** What it comes from and what it reached, by names with the prefix `driftloop.`. */
  readonly properties: Readonly<Record<string, string>>;
}

/** What runs where, and what must not run anywhere. */
export interface Stages {
  /** Version by environment; undefined: it runs none. */
  readonly environments: ReadonlyMap<string, string | undefined>;
  readonly quarantined: readonly string[];
}

/** A registry of models. Everything may be repeated: what is as it should be stays as it is. */
export interface ModelRegistry {
  /** Registers a version unless it is known, and says how the registry calls it. */
  ensure(version: RegisteredVersion): Promise<string>;
  /** Labels the versions of a model with the environments that run them; says what has changed, in words. */
  label(model: string, stages: Stages): Promise<readonly string[]>;
}

/** Names of what a registry keeps beside its own fields. */
export const registryProperties = {
  version: 'driftloop.version',
  image: 'driftloop.image',
  run: 'driftloop.run',
  startedBy: 'driftloop.started-by',
  event: 'driftloop.event',
  commit: 'driftloop.commit',
  source: 'driftloop.source',
  dataSnapshot: 'driftloop.data-snapshot',
  metrics: 'driftloop.metrics',
  quarantined: 'driftloop.quarantined',
} as const;
