import type { Place } from '../../problem-collector.js';
import { toolingsPlace } from '../../model-fleet.js';
import { bootstrap, pipelines } from './course-charts.js';
import { appsOf } from './read-apps.js';
import type { TranslatedFile } from './translated-file.js';
import type { CourseInput } from './translate-platform.js';

interface Grant {
  readonly place: Place;
  readonly values: Readonly<Record<string, string>>;
  readonly environments: string[];
}

/** The bootstrap's bindings, each told once for all of its environments. */
export function putAccess(platform: TranslatedFile, { apps, environments, facts }: CourseInput): void {
  // Only a pipeline needs toolings of ours.
  const toolings = appsOf(apps, pipelines).length > 0 ? `${facts.user.value}-toolings` : undefined;
  const grants = new Map<string, Grant>();
  for (const { values, at } of appsOf(apps, bootstrap)) {
    for (const [index, { name: namespace, bindings = [] }] of (values.namespaces ?? []).entries()) {
      const environment = environments.find((each) => each.namespace === namespace)?.name;
      const where = namespace === toolings ? toolingsPlace : environment;
      if (where === undefined) continue;
      for (const [item, { kind, name, role, namespace: own }] of bindings.entries()) {
        const said = { kind, name, ...(own === undefined ? {} : { namespace: own }), role };
        const key = JSON.stringify(said);
        const place = at('namespaces', index, 'bindings', item);
        const grant: Grant = grants.get(key) ?? { place, values: said, environments: [] };
        grants.set(key, grant);
        grant.environments.push(where);
      }
    }
  }
  for (const [index, { place, values, environments: where }] of [...grants.values()].entries()) {
    for (const [key, value] of Object.entries(values))
      platform.put(['access', index, key], value, { ...place, path: [...place.path, key] });
    const isUsual = where.length === environments.length && !where.includes(toolingsPlace);
    if (!isUsual) platform.put(['access', index, 'environments'], where, place);
  }
}
