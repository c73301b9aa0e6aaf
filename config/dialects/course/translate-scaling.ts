import type { KeyPath } from '../../load/key-path.js';
import { transformerModel } from './course-charts.js';
import { courseServing } from './course-serving.js';
import type { TranslatedFile } from './translated-file.js';
import type { CourseInput } from './translate-platform.js';
import type { ModelApp } from './translate-serving.js';

/** What the app says of scaling and of canaries, most of which the course's own charts ignore. */
export function putScaling(
  file: TranslatedFile,
  base: KeyPath,
  app: ModelApp,
  chart: string,
  { problems }: CourseInput,
): void {
  const { name, autoscaling, keda, canary } = app.values;
  const without = (key: string, hint: string): void => {
    const message = `\`${key}\` is ignored by \`${chart}\`, and here.`;
    problems.warn('COURSE_KEY_WITHOUT_EFFECT', { ...app.at(key), key: true }, { message, hint });
  };
  const instead = (what: string) =>
    `write \`models: { ${name}: { serving: { ${what} } } }\` into \`course.yaml\`.`;
  if (canary !== undefined)
    without(
      'canary',
      `Remove it. KServe splits requests in Knative mode only: ${instead('mode: Knative, canary: { trafficPercent: … }')}`,
    );
  if (chart !== transformerModel.path) {
    const hint = `Only \`${transformerModel.path}\` reads it; here ${instead('autoscaling: { max: 2 }')}`;
    if (autoscaling !== undefined) without('autoscaling', hint);
    if (keda !== undefined) without('keda', hint);
  } else if (keda === true) {
    problems.warn(
      'COURSE_NOT_RENDERED',
      { ...app.at('keda'), key: true },
      {
        message: "`keda` is not rendered: the course's own query needs a Secret that nothing creates.",
        hint: `Say what to ask, and with which Secret: ${instead('autoscaling: { metric: prometheus, … }')}`,
      },
    );
  } else if (autoscaling === true) {
    for (const [key, value] of Object.entries(courseServing.autoscaling))
      file.assume([...base, 'autoscaling', key], value, app.at('autoscaling'));
    problems.warn(
      'COURSE_ASSUMED',
      { ...app.at('autoscaling'), key: true },
      {
        message:
          'The course scales at 5 % of the memory, which every Pod exceeds at once; here it is 80 % of the CPU.',
        hint: `For something else ${instead('autoscaling: { metric: …, target: … }')}`,
      },
    );
  }
}
