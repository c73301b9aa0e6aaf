import type { CourseEnvironment, CourseInput } from './translate-platform.js';
import { modelCharts, transformerModel } from './course-charts.js';
import { appsOf } from './read-apps.js';
import type { AppOf } from './read-apps.js';
import type { TranslatedFile } from './translated-file.js';

type ModelApp = AppOf<(typeof modelCharts)[number]['schema']>;

/** How a model is served in an environment: the version that its app names, until a release is recorded. */
export function putServing(
  file: TranslatedFile,
  name: string,
  environment: CourseEnvironment,
  input: CourseInput,
): void {
  for (const chart of modelCharts) {
    const app = appsOf(input.apps, chart).find(
      (each) => each.app.environment === environment.name && each.values.name === name,
    );
    if (app === undefined) continue;
    const base = ['environments', environment.name, 'serving'];
    const { version, image_repository: registry, image_namespace: folder } = app.values;
    const place = app.at('version');
    file.put([...base, 'kind'], 'inferenceservice', app.at('chart_path'));
    file.put([...base, 'format'], 'onnx', app.at('chart_path'));
    input.problems.warn('COURSE_NOT_RENDERED', place, {
      message: `The version \`oci://${registry}/${folder}/${name}:${version}\` is named by a tag, which is not rendered yet.`,
      hint: 'Until then the model is served from its first release on.',
    });
    warnIgnored(app, chart.path, input);
  }
}

function warnIgnored(app: ModelApp, chart: string, { problems }: CourseInput): void {
  const { autoscaling, keda, canary } = app.values;
  const without = (key: string, hint: string): void => {
    problems.warn(
      'COURSE_KEY_WITHOUT_EFFECT',
      { ...app.at(key), key: true },
      {
        message: `\`${key}\` is ignored by \`${chart}\`, and here.`,
        hint,
      },
    );
  };
  if (canary !== undefined)
    without('canary', 'Remove it: the course dropped the split of traffic when it moved away from Knative.');
  const scales = chart === transformerModel.path;
  for (const [key, value] of Object.entries({ autoscaling, keda })) {
    if (value === undefined) continue;
    if (!scales) without(key, `Only \`${transformerModel.path}\` scales; remove the key.`);
    else if (value)
      problems.warn(
        'COURSE_NOT_RENDERED',
        { ...app.at(key), key: true },
        {
          message: `\`${key}\` is not rendered yet; the model has one Pod.`,
          hint: `Write \`replicas\` for it into \`course.yaml\`.`,
        },
      );
  }
}
