import type { z } from 'zod';
import type { KeyPath } from '../../load/key-path.js';
import { formatKeyPath, valueAt } from '../../load/key-path.js';
import type { Place, ProblemCollector } from '../../problem-collector.js';
import { isMap } from '../../resolve/layers.js';
import { checkFile } from '../../schema/check-schema.js';
import { jsonSchemaOf } from '../../schema/json-schema.js';
import { suggest } from '../../suggest.js';
import type { CourseChart } from './course-charts.js';
import { courseCharts } from './course-charts.js';
import type { CourseApp, CourseTree } from './course-tree.js';

/** Name of the repository that the ApplicationSets take charts from unless told otherwise. */
const chartRepository = /\/mlops-helmcharts(\.git)?\/?$/;

export interface CourseApps {
  /** Apps of the course's own charts, right by themselves. */
  readonly own: readonly { readonly app: CourseApp; readonly chart: CourseChart }[];
  /** Apps of other people's charts. */
  readonly foreign: readonly CourseApp[];
}

/** What an app says, as its chart understands it. */
export interface AppOf<Schema extends z.ZodObject> {
  readonly app: CourseApp;
  readonly values: z.infer<Schema>;
  readonly at: (...path: KeyPath) => Place;
}

/** Finds the chart of every app, and checks what the app says to it. */
export function readApps(tree: CourseTree, problems: ProblemCollector): CourseApps {
  const own: { app: CourseApp; chart: CourseChart }[] = [];
  const foreign: CourseApp[] = [];
  for (const app of tree.apps) {
    const chart = findChart(app, problems);
    if (chart === 'foreign') foreign.push(app);
    else if (chart !== undefined && checkApp(app, chart, problems)) own.push({ app, chart });
  }
  return { own, foreign };
}

/** The apps of one chart. */
export function appsOf<Schema extends z.ZodObject>(
  { own }: CourseApps,
  chart: CourseChart<Schema>,
): readonly AppOf<Schema>[] {
  return own
    .filter((each) => each.chart.path === chart.path)
    .map(({ app }) => ({
      app,
      values: chart.schema.parse(app.file.data),
      at: (...path) => ({ file: app.file, path }),
    }));
}

function findChart(app: CourseApp, problems: ProblemCollector): CourseChart | 'foreign' | undefined {
  const { file } = app;
  if (!isMap(file.data)) {
    const hint = 'Write keys and values, the first one `chart_path`.';
    problems.error(
      'CONFIG_TYPE',
      { file, path: [] },
      { message: 'The file is not a map (`key: value`).', hint },
    );
    return undefined;
  }
  const path = valueAt(file.data, ['chart_path']);
  if (typeof path !== 'string') {
    reportNoChart(app, problems);
    return undefined;
  }
  const repository = valueAt(file.data, ['repo_url']);
  if (typeof repository === 'string' && !chartRepository.test(repository)) return 'foreign';
  const wanted = path.replace(/^\.\//, '').replace(/\/+$/, '');
  const chart = courseCharts.find((each) => each.path === wanted);
  if (chart !== undefined) return chart;
  const known = courseCharts.map((each) => each.path);
  problems.error(
    'COURSE_CHART_UNKNOWN',
    { file, path: ['chart_path'] },
    {
      message: `The course has no chart \`${wanted}\`.`,
      hint: `${suggest(wanted, known).hint} A chart of another repository needs \`repo_url\`.`,
    },
  );
  return undefined;
}

function reportNoChart({ file, name }: CourseApp, problems: ProblemCollector): void {
  const old = valueAt(file.data, ['chart_name']);
  const hint =
    typeof old === 'string'
      ? `Early versions of the course said \`chart_name\`; write \`chart_path: charts/${old}\`.`
      : `For example \`chart_path: charts/${name}\`; an app that is not deployed yet has an empty file.`;
  const place = { file, path: typeof old === 'string' ? ['chart_name'] : [], key: true };
  problems.error('CONFIG_KEY_MISSING', place, { message: 'The file needs the key `chart_path`.', hint });
}

function checkApp({ file }: CourseApp, chart: CourseChart, problems: ProblemCollector): boolean {
  if (checkFile(chart.schema, () => jsonSchemaOf(chart.schema), file, problems) === undefined) return false;
  const routed = {
    path: ['target_revision'],
    why: 'is not read: driftloop does not use the chart',
    hint: 'Remove it.',
  };
  for (const { path, why, hint } of [...chart.dead, routed]) {
    for (const found of expand(path, file.data)) {
      const message = `\`${formatKeyPath(found)}\` ${why}.`;
      problems.warn('COURSE_KEY_WITHOUT_EFFECT', { file, path: found, key: true }, { message, hint });
    }
  }
  if (chart.missing !== undefined)
    problems.warn('COURSE_NOT_RENDERED', { file, path: ['chart_path'] }, chart.missing);
  return true;
}

/** The paths that a path with `*` stands for. */
function expand(path: KeyPath, data: unknown): readonly KeyPath[] {
  const star = path.indexOf('*');
  if (star === -1) return valueAt(data, path) === undefined ? [] : [path];
  const items = valueAt(data, path.slice(0, star));
  if (!Array.isArray(items)) return [];
  return items.flatMap((_, index) => expand([...path.slice(0, star), index, ...path.slice(star + 1)], data));
}
