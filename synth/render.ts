import { App } from 'cdk8s';
import { chartFile } from '../charts/conventions.js';
import type { DriftloopChart } from '../charts/driftloop-chart.js';
import type { UnitBlueprint, UnitText } from '../charts/unit.js';
import { emitManifests } from './emit.js';
import { isRecord } from './manifest.js';
import type { KubernetesObject, Manifest, RenderedFile, RenderedUnit, Unit } from './manifest.js';

/**
 * Renders unit by unit, and within a unit chart by chart, so that only what was rendered stays in memory.
 * The App is there for cdk8s' sake alone: it never synthesizes, so no file of its own comes into being.
 */
export function* renderUnits(blueprints: Iterable<UnitBlueprint>): Generator<RenderedUnit> {
  for (const blueprint of blueprints) yield renderUnit(blueprint);
}

function renderUnit(blueprint: UnitBlueprint): RenderedUnit {
  const app = new App();
  const manifests: Manifest[] = [];
  for (const chart of blueprint.charts) {
    const file = `${blueprint.unit.directory}/${chartFile(chart.capability)}`;
    if (manifests.some((manifest) => manifest.file === file)) {
      throw new Error(`unit ${blueprint.unit.name} has two charts called ${chart.capability}`);
    }
    const model = blueprint.unit.model ?? chart.model;
    for (const object of renderChart(chart.create(app)))
      manifests.push({ unit: blueprint.unit, model, file, object });
    app.node.tryRemoveChild(chart.capability);
  }
  return new Rendering(blueprint.unit, manifests, blueprint.texts ?? []);
}

/** Texts are made when they are asked for: checking needs none, and writing needs one unit's at a time. */
class Rendering implements RenderedUnit {
  constructor(
    readonly unit: Unit,
    readonly manifests: readonly Manifest[],
    private readonly texts: readonly UnitText[],
  ) {}

  get files(): readonly RenderedFile[] {
    const objects = new Map<string, KubernetesObject[]>();
    for (const { file, object } of this.manifests) {
      const together = objects.get(file);
      if (together === undefined) objects.set(file, [object]);
      else together.push(object);
    }
    const generated = [...objects].map(([path, together]) => ({ path, text: emitManifests(together) }));
    const written = this.texts.map(({ path, text }) => ({ path: `${this.unit.directory}/${path}`, text }));
    return [...generated, ...written].sort((a, b) => compare([a.path], [b.path]));
  }
}

/** The order is that of the objects' identities, so that moving code about changes no file. */
function renderChart(chart: DriftloopChart): readonly KubernetesObject[] {
  const faults = chart.node.findAll().flatMap((construct) => construct.node.validate());
  if (faults.length > 0) throw new Error(`chart ${chart.node.path}: ${faults.join('; ')}`);
  return chart
    .toJson()
    .map((object) => asKubernetesObject(object, chart.node.path))
    .sort((a, b) => compare(identityOf(a), identityOf(b)));
}

function asKubernetesObject(object: unknown, chart: string): KubernetesObject {
  if (!isKubernetesObject(object)) {
    throw new Error(`chart ${chart}: an object lacks apiVersion, kind or metadata.name`);
  }
  return object;
}

function isKubernetesObject(value: unknown): value is KubernetesObject {
  if (!isRecord(value) || !isRecord(value.metadata)) return false;
  return [value.apiVersion, value.kind, value.metadata.name].every(isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function identityOf({ apiVersion, kind, metadata }: KubernetesObject): readonly string[] {
  return [kind, apiVersion, metadata.namespace ?? '', metadata.name];
}

/** By UTF-16 unit, whatever the locale of the machine. */
function compare(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
