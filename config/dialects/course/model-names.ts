import { alerting, modelCharts } from './course-charts.js';
import type { AppOf, CourseApps } from './read-apps.js';
import { appsOf } from './read-apps.js';

type NamingApp = AppOf<(typeof modelCharts)[number]['schema'] | typeof alerting.schema>;

/** Every model that an app deploys or watches, with the first app that names it; sorted by name. */
export function namedModels(apps: CourseApps): ReadonlyMap<string, NamingApp> {
  const naming: readonly NamingApp[] = [
    ...modelCharts.flatMap((chart) => appsOf(apps, chart)),
    ...appsOf(apps, alerting),
  ];
  const names = [...new Set(naming.map(({ values }) => values.name))].sort();
  return new Map(
    names.flatMap((name) => {
      const first = naming.find(({ values }) => values.name === name);
      return first === undefined ? [] : [[name, first] as const];
    }),
  );
}
