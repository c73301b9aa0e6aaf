import { valueAt } from '../../load/key-path.js';
import type { ProblemCollector } from '../../problem-collector.js';
import { alerting, modelCharts, trustyai } from './course-charts.js';
import { deploymentsFolder, toolingsFolder } from './course-tree.js';
import type { CourseApps } from './read-apps.js';

const ofModels: readonly string[] = [alerting, ...modelCharts].map(({ path }) => path);
const ofEnvironments: readonly string[] = [...ofModels, trustyai.path];

/** Apps must stand where their chart makes sense, and none may say the same as another. */
export function checkApps({ own }: CourseApps, problems: ProblemCollector): void {
  const taken = new Map<string, string>();
  for (const { app, chart } of own) {
    const { file, environment } = app;
    const place = { file, path: ['chart_path'] };
    const deployed = ofEnvironments.includes(chart.path);
    if (chart.missing === undefined && deployed !== (environment !== undefined)) {
      const folder = deployed ? `${deploymentsFolder}/<environment>` : toolingsFolder;
      const message = `\`${chart.path}\` means nothing here: it belongs to ${deployed ? 'an environment' : 'the toolings'}.`;
      problems.error('COURSE_APP_MISPLACED', place, {
        message,
        hint: `Move it to \`${folder}/${app.name}/config.yaml\`.`,
      });
    }
    const given = valueAt(file.data, ['name']);
    const name = typeof given === 'string' ? given : 'jukebox';
    const what = ofModels.includes(chart.path)
      ? `${chart === alerting ? 'watches' : 'deploys'} \`${name}\``
      : `is \`${chart.path}\``;
    const key = `${environment ?? ''}/${what}`;
    const other = taken.get(key);
    taken.set(key, other ?? file.name);
    if (other === undefined || chart.missing !== undefined) continue;
    const message = `\`${other}\` ${what}, too.`;
    problems.error('CONFIG_NAME_DUPLICATE', place, { message, hint: 'Remove one of the two.' });
  }
}
