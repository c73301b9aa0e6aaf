import { builtInDetector } from '../catalogue/defaults.js';
import type { KeyPath } from '../load/key-path.js';
import type { Action, Detector, DetectorCategory } from '../model.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { Overridable } from '../schema/overridable-schema.js';
import type { MonitorInput } from '../schema/monitor-schema.js';
import type { DetectorInput } from '../schema/detector-schema.js';
import { suggest } from '../suggest.js';
import type { Monitor } from './find-metric.js';
import type { Layer } from './layers.js';
import { placeIn } from './layers.js';
import type { OriginRecorder } from './origins.js';
import { detectorName, resolveDetector } from './resolve-detector.js';

/** What the sections of one model in one environment are resolved with. */
export interface SectionContext {
  readonly model: string;
  /** Key of the origins: `<model>/<environment>`. */
  readonly where: string;
  readonly monitors: Readonly<Record<string, MonitorInput>>;
  readonly layers: readonly Layer<Overridable>[];
  readonly problems: ProblemCollector;
  readonly recorder: OriginRecorder;
}

/** Key of a section's actions. */
export const actionKeys = {
  drift: 'onDrift',
  bias: 'onBias',
  quality: 'onQuality',
  service: 'onService',
} as const;

export const categories = Object.keys(actionKeys) as DetectorCategory[]; // keys() forgets the type.

/** All detectors of a model in an environment, sorted by name. */
export function resolveSections(settings: Overridable, context: SectionContext): readonly Detector[] {
  const names = new Set<string>();
  const detectors = categories.flatMap((category) => resolveSection(category, settings, names, context));
  return detectors.sort((left, right) => (left.name < right.name ? -1 : 1));
}

function resolveSection(
  category: DetectorCategory,
  settings: Overridable,
  names: Set<string>,
  context: SectionContext,
): Detector[] {
  const section = settings[category];
  const { problems, recorder, layers, where, model } = context;
  if (section === undefined) return [];
  if (section.detectors === undefined) {
    reportNoDetectors(category, context);
    return [];
  }
  recorder.record(where, settings, layers, [category]);
  const monitor = findMonitor(category, section.monitor, context);
  if (monitor === 'unknown') return [];
  const actions = actionsOf(category, settings);
  return section.detectors.flatMap((input, index) => {
    const base: KeyPath = [category, 'detectors', index];
    const placeOf = (path: KeyPath) => placeIn(layers, [...base, ...path]);
    refuseTakenName(detectorName(input), input.name === undefined ? 'metric' : 'name', names, {
      problems,
      placeOf,
    });
    const time = section.for ?? builtInDetector.for;
    const detector = resolveDetector(input, {
      category,
      actions,
      model,
      monitor,
      for: time,
      severity: section.severity ?? builtInDetector.severity,
      placeOf,
      problems,
    });
    if (detector !== undefined) recordDefaults(base, detector, input, context);
    return detector ?? [];
  });
}

function actionsOf(category: DetectorCategory, settings: Overridable): readonly Action[] {
  const section: Readonly<Record<string, unknown>> | undefined = settings[category];
  return (section?.[actionKeys[category]] ?? []) as readonly Action[]; // Each category has its own key, checked by the schema.
}

/** A section that only defaults speak of is no section of this model. */
function reportNoDetectors(category: DetectorCategory, { layers, problems }: SectionContext): void {
  const own = layers.findLast(({ name, data }) => name.startsWith('model') && data?.[category] !== undefined);
  if (own === undefined) return;
  const message = `\`${category}\` has no detectors.`;
  problems.error(
    'CONFIG_KEY_MISSING',
    { ...placeIn([own], [category]), key: true },
    { message, hint: 'List some, or write `detectors: []` to watch nothing.' },
  );
}

function findMonitor(
  category: DetectorCategory,
  name: string | undefined,
  { monitors, layers, problems }: SectionContext,
): Monitor | undefined | 'unknown' {
  if (name === undefined) return undefined;
  const input = Object.hasOwn(monitors, name) ? monitors[name] : undefined;
  if (input !== undefined) return { name, ...input };
  const message = `\`driftloop.yaml\` defines no monitor \`${name}\`.`;
  problems.error('CONFIG_MONITOR_UNKNOWN', placeIn(layers, [category, 'monitor']), {
    message,
    ...suggest(name, Object.keys(monitors)),
  });
  return 'unknown';
}

function refuseTakenName(
  name: string,
  key: 'name' | 'metric',
  names: Set<string>,
  { problems, placeOf }: Pick<Parameters<typeof resolveDetector>[1], 'problems' | 'placeOf'>,
): void {
  if (!names.has(name)) {
    names.add(name);
    return;
  }
  const hint =
    key === 'metric'
      ? `Give it a name of its own: \`name: ${name}-2\`.`
      : 'Detectors of all sections share one set of names.';
  problems.error('CONFIG_NAME_DUPLICATE', placeOf([key]), {
    message: `Another detector of the model is called \`${name}\`, too.`,
    hint,
  });
}

/** What the detector got without having it written. */
function recordDefaults(
  base: KeyPath,
  detector: Detector,
  input: DetectorInput,
  { where, recorder }: SectionContext,
): void {
  const { lower, upper } = detector.bounds;
  const path = (key: string) => [...base, key];
  const reference = detector.request?.compares === 'reference' ? { reference: detector.request.tag } : {};
  const defaults = { name: detector.name, atLeast: detector.atLeast, ...reference };
  for (const [key, value] of Object.entries(defaults)) recorder.recordDefault(where, path(key), value);
  for (const key of ['for', 'severity'] as const)
    if (input[key] === undefined) recorder.recordAs(where, path(key), [String(base[0]), key]);
  const written = ['threshold', 'above', 'below', 'outside'].some((key) => recorder.has(where, path(key)));
  if (!written)
    recorder.recordDefault(
      where,
      path('threshold'),
      lower !== undefined && upper !== undefined ? [lower, upper] : (lower ?? upper),
    );
}
