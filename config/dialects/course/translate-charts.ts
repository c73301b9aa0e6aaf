import type { KeyPath } from '../../load/key-path.js';
import { formatKeyPath, valueAt } from '../../load/key-path.js';
import type { Place } from '../../problem-collector.js';
import { isMap } from '../../resolve/layers.js';
import { encodesSecret } from '../../values/secret-text.js';
import { courseDefaults } from './course-defaults.js';
import type { CourseApp } from './course-tree.js';
import { leavesOf } from './overlay.js';
import type { TranslatedFile } from './translated-file.js';
import type { CourseInput } from './translate-platform.js';

/** Keys that the ApplicationSets read; the chart does not. */
const routing = ['chart_path', 'repo_url', 'target_revision'];

/** Apps of other people's charts, under the name of their folder. */
export function putCharts(platform: TranslatedFile, { apps, problems }: CourseInput): void {
  for (const app of apps.foreign) {
    const twin = apps.foreign.find((each) => each.name === app.name && each.environment === undefined);
    if (app.environment !== undefined && twin !== undefined) {
      const message = `\`${twin.file.name}\` has the same name.`;
      const place = { file: app.file, path: [] };
      problems.error('CONFIG_NAME_DUPLICATE', place, {
        message,
        hint: 'Rename the folder of one of the two.',
      });
      continue;
    }
    putChart(platform, app);
    for (const path of encodedSecrets(app.plain.data)) {
      const message = `\`${formatKeyPath(path)}\` is base64 of a text with a password in it, and whoever reads the repository knows it.`;
      const hint = 'Let the chart read it from a Secret, or seal it; then change the password.';
      problems.warn('CONFIG_SECRET_INLINE', { file: app.plain, path }, { message, hint });
    }
  }
}

function encodedSecrets(data: unknown): readonly KeyPath[] {
  return leavesOf(data).filter((path) => {
    const value = valueAt(data, path);
    return typeof value === 'string' && encodesSecret(value);
  });
}

function putChart(platform: TranslatedFile, { name, environment, file, plain }: CourseApp): void {
  const at = (key: string): Place => ({ file, path: [key] });
  const base = ['charts', name, ...(environment === undefined ? [] : ['environments', environment])];
  const path = String(valueAt(file.data, ['chart_path'])).replace(/^\.?\/+|\/+$/g, '');
  platform.carry([...base, 'repo'], at('repo_url'));
  platform.put([...base, 'path'], path === '.' ? '' : path, at('chart_path'));
  if (valueAt(file.data, ['target_revision']) === undefined)
    platform.assume([...base, 'revision'], courseDefaults.chartRevision, at('repo_url'));
  else platform.carry([...base, 'revision'], at('target_revision'));
  // Argo CD names the release like the course's Application, and charts name their objects like the release.
  if (environment !== undefined)
    platform.assume([...base, 'releaseName'], `${name}-${environment}`, at('chart_path'));
  platform.assume([...base, 'kinds'], courseDefaults.chartKinds(path), at('chart_path'));
  for (const [key, value] of Object.entries(isMap(plain.data) ? plain.data : {})) {
    if (routing.includes(key) || value === null) continue;
    platform.carry([...base, 'values', key], { file: plain, path: [key] });
  }
}
