/** Where a model comes from. */
export interface Origin {
  readonly model: string;
  /** Name of the PipelineRun. */
  readonly run: string;
  /** When the run was created: the same for each of its attempts. */
  readonly begun: Date;
  /** URL of the model's source. */
  readonly source: string;
  readonly commit: string;
  /** Digest of the model's files. */
  readonly files: string;
  /** Names the data it was trained on; undefined: nobody said. */
  readonly snapshot: string | undefined;
}

/** Labels of the image, by the names that OCI has given or reserves for us. */
export const labelNames = {
  model: 'dev.driftloop.model',
  run: 'dev.driftloop.run',
  files: 'dev.driftloop.files',
  snapshot: 'dev.driftloop.data-snapshot',
} as const;

export function describeLabels(origin: Origin): Readonly<Record<string, string>> {
  return {
    'org.opencontainers.image.created': origin.begun.toISOString(),
    'org.opencontainers.image.source': origin.source,
    'org.opencontainers.image.revision': origin.commit,
    'org.opencontainers.image.title': origin.model,
    [labelNames.model]: origin.model,
    [labelNames.run]: origin.run,
    [labelNames.files]: origin.files,
    ...(origin.snapshot !== undefined && { [labelNames.snapshot]: origin.snapshot }),
  };
}

const buildType = 'https://driftloop.dev/retraining/v1';

/** The predicate of a SLSA provenance, version 1, as JSON; cosign makes a signed statement of it. */
export function describeProvenance(origin: Origin, image: { name: string; digest: string }): string {
  const { source, commit, snapshot } = origin;
  const predicate = {
    buildDefinition: {
      buildType,
      externalParameters: { model: origin.model, source, image: image.name },
      internalParameters: { run: origin.run, files: origin.files },
      resolvedDependencies: [
        { uri: `git+${source}`, digest: { gitCommit: commit } },
        ...(snapshot === undefined ? [] : [{ name: 'data', annotations: { snapshot } }]),
      ],
    },
    runDetails: {
      builder: { id: buildType },
      metadata: { invocationId: origin.run, startedOn: origin.begun.toISOString() },
      byproducts: [{ name: image.name, digest: { sha256: image.digest.replace('sha256:', '') } }],
    },
  };
  return `${JSON.stringify(predicate, undefined, 2)}\n`;
}
