import { join } from 'node:path';
import { z } from 'zod';
import { valueAt } from '../../load/key-path.js';
import type { KeyPath } from '../../load/key-path.js';
import { readYaml } from '../../load/parse-yaml.js';
import { isAbsent } from '../../load/read-folder.js';
import type { YamlFile } from '../../load/yaml-file.js';
import type { ProblemCollector } from '../../problem-collector.js';
import { isMap } from '../../resolve/layers.js';
import { checkFile } from '../../schema/check-schema.js';
import { jsonSchemaOf } from '../../schema/json-schema.js';
import { modelSchema } from '../../schema/model-schema.js';
import { platformSchema } from '../../schema/platform-schema.js';
import { dnsLabel } from '../../schema/texts.js';

/** At the root of the tree, where no ApplicationSet of the course looks. */
export const overlayFile = 'course.yaml';

const { monitors, events, environments, namespaces, repository, source } = platformSchema.shape;
const { checks, source: origin } = modelSchema.shape;

/** Whatever the tree says besides, the overlay need not say again; what nobody says is missed afterwards. */
const platform = platformSchema
  .extend({
    namespaces: namespaces.partial(),
    repository: repository.unwrap().partial(),
    source: source.unwrap().partial(),
    environments: z.record(environments.keyType, environments.valueType.partial()),
    monitors: z.record(monitors.unwrap().keyType, monitors.unwrap().valueType.partial()),
    events: z.record(events.unwrap().keyType, events.unwrap().valueType.partial()),
  })
  .partial()
  .describe('Keys of `driftloop.yaml`.');

const model = modelSchema
  .omit({ model: true })
  .extend({
    source: origin.partial(),
    checks: z.record(checks.unwrap().keyType, checks.unwrap().valueType.partial()),
  })
  .partial();

const models = z
  .record(dnsLabel(53), model)
  .describe('Keys of `models/<name>.yaml`, by the name of the model.');

/** `course.yaml`: what the tree itself cannot say, in the words of driftloop; stronger than what the tree says. */
export const overlaySchema = z.strictObject({ platform: platform.optional(), models: models.optional() });

export interface Overlay {
  readonly file: YamlFile;
  readonly data: z.infer<typeof overlaySchema>;
}

/** undefined: there is none, or it is wrong. */
export function readOverlay(directory: string, problems: ProblemCollector): Overlay | undefined {
  if (isAbsent(join(directory, overlayFile))) return undefined;
  const { value: file, problems: found } = readYaml(directory, overlayFile);
  // As everywhere in the tree, a file without content says nothing yet.
  problems.add(...found.filter(({ code }) => code !== 'CONFIG_FILE_EMPTY'));
  const data = file && checkFile(overlaySchema, () => jsonSchemaOf(overlaySchema), file, problems);
  return file === undefined || data === undefined ? undefined : { file, data };
}

/** Does it say something at this path of the platform, of the defaults, or of any model? */
export function speaksOf(overlay: Overlay | undefined, path: KeyPath): boolean {
  if (overlay === undefined) return false;
  const { platform, models = {} } = overlay.data;
  return [platform, platform?.defaults, ...Object.values(models)].some(
    (said) => valueAt(said, path) !== undefined,
  );
}

/** Paths of the single values and lists below a path of the overlay. */
export function leavesOf(data: unknown, path: KeyPath = []): readonly KeyPath[] {
  if (data === undefined) return [];
  if (!isMap(data) || Object.keys(data).length === 0) return [path];
  return Object.entries(data).flatMap(([key, child]) => leavesOf(child, [...path, key]));
}
