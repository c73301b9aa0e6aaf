import { promtoolTests } from '../charts/alerts/promtool-tests.js';
import type { Workspace } from '../config/model.js';
import { emitObject } from '../synth/emit.js';
import type { Manifest, RenderedFile, RenderedUnit } from '../synth/manifest.js';

/**
 * Rules as Prometheus itself reads them, and their unit tests: `promtool test rules <environment>/<model>.test.yaml`.
 * They make a tree of their own, because Argo CD would take them for manifests.
 */
export class PromtoolFiles {
  readonly files: RenderedFile[] = [];

  constructor(private readonly workspace: Workspace) {}

  /** Hands the units on, and makes files of their rules. */
  *collect(units: Iterable<RenderedUnit>): Generator<RenderedUnit> {
    for (const unit of units) {
      this.files.push(...describeRules(this.workspace, unit));
      yield unit;
    }
  }
}

function describeRules(workspace: Workspace, { unit, manifests }: RenderedUnit): readonly RenderedFile[] {
  const groups = manifests.filter(({ object }) => object.kind === 'PrometheusRule').flatMap(readGroups);
  const context = findContext(workspace, unit);
  if (groups.length === 0 || context === undefined) return [];
  const { model, deployment } = context;
  const folder = deployment.environment.name;
  const rules = `${model.name}.rules.yaml`;
  return [
    { path: `${folder}/${rules}`, text: emitObject({ groups }) },
    { path: `${folder}/${model.name}.test.yaml`, text: promtoolTests(context, rules) },
  ];
}

function readGroups({ object }: Manifest): readonly unknown[] {
  const spec = object.spec;
  const groups = typeof spec === 'object' && spec !== null && 'groups' in spec ? spec.groups : [];
  return Array.isArray(groups) ? groups : [];
}

function findContext({ platform, models }: Workspace, unit: RenderedUnit['unit']) {
  const model = models.find(({ name }) => name === unit.model);
  const deployment = model?.deployments.find(({ environment }) => environment.name === unit.environment);
  return model === undefined || deployment === undefined ? undefined : { platform, model, deployment };
}
