// Other tools that make the same objects, where they are installed. Both get them ready-made: kustomize as resources of
// one kustomization per unit, helm as one chart with the model's name as its only value, so both do less than we do.
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled, measureProgram } from './measure.mjs';

/** Seconds per unit and tool; undefined: the tool is not installed. */
export function measurePeers(rendered, folder, count) {
  const units = listUnits(rendered).slice(0, count);
  return {
    units: units.length,
    kustomize: isInstalled('kubectl', ['version', '--client'])
      ? perUnit(units, (unit) => runKustomize(unit, join(folder, 'kustomize')))
      : undefined,
    helm: isInstalled('helm', ['version', '--short'])
      ? perUnit(units, (unit) => runHelm(unit, join(folder, 'helm')))
      : undefined,
  };
}

function perUnit(units, work) {
  return units.reduce((sum, unit) => sum + work(unit), 0) / units.length;
}

function listUnits(rendered) {
  const environments = join(rendered, 'environments');
  return readdirSync(environments).flatMap((environment) =>
    readdirSync(join(environments, environment)).map((model) => ({
      model,
      name: `${environment}-${model}`,
      folder: join(environments, environment, model),
    })),
  );
}

function runKustomize({ folder, name }, into) {
  const place = join(into, name);
  cpSync(folder, place, { recursive: true });
  const resources = readdirSync(folder).map((file) => `  - ${file}\n`);
  writeFileSync(join(place, 'kustomization.yaml'), `resources:\n${resources.join('')}`);
  return measureProgram('kubectl', ['kustomize', place]).wall;
}

function runHelm({ folder, name, model }, into) {
  const place = join(into, name);
  mkdirSync(join(place, 'templates'), { recursive: true });
  writeFileSync(join(place, 'Chart.yaml'), 'apiVersion: v2\nname: model\nversion: 1.0.0\n');
  writeFileSync(join(place, 'values.yaml'), `model: ${model}\n`);
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8')
      .replace(/\{\{|\}\}/g, (braces) => `{{ "${braces}" }}`)
      .replaceAll(model, '{{ .Values.model }}');
    writeFileSync(join(place, 'templates', file), text);
  }
  return measureProgram('helm', ['template', name, place]).wall;
}
