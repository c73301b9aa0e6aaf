import type { Place } from '../../problem-collector.js';
import { pipelines } from './course-charts.js';
import { courseDefaults } from './course-defaults.js';
import { appsOf } from './read-apps.js';
import type { TranslatedFile } from './translated-file.js';
import type { CourseInput } from './translate-platform.js';

/** What `charts/pipelines` does for each model: it trains, on a push and on an alert, after the checks. */
export function putPipeline(file: TranslatedFile, name: string, input: CourseInput): void {
  const [pipeline] = appsOf(input.apps, pipelines);
  if (pipeline === undefined) return;
  const image = putTraining(file, name, pipeline.at('chart_path'), input);
  if (input.facts.gitServer !== undefined)
    file.assume(['triggers', 'push', 'from'], courseDefaults.forge.name, pipeline.at('chart_path'));
  for (const [flag, check] of Object.entries(courseDefaults.checks)) {
    if (pipeline.values[flag as keyof typeof courseDefaults.checks] !== true) continue; // entries() forgets the keys.
    putCheck({ file, model: name, image, place: pipeline.at(flag) }, check, input);
  }
  const secret = pipeline.values.static_code_analysis_secret;
  if (secret === undefined || pipeline.values.static_code_analysis !== true) return;
  const { name: check, token } = courseDefaults.checks.static_code_analysis;
  const place = pipeline.at('static_code_analysis_secret');
  file.put(['checks', check, 'secretEnv', token, 'name'], secret, place);
  file.assume(['checks', check, 'secretEnv', token, 'key'], 'token', place);
}

/** The exercises train in a Data Science Pipeline; here an image stands for it. */
function putTraining(
  file: TranslatedFile,
  name: string,
  place: Place,
  { facts, overlay, problems }: CourseInput,
): string {
  const { models, platform } = overlay?.data ?? {};
  const said = models?.[name]?.training?.image ?? platform?.defaults?.training?.image;
  if (said !== undefined) {
    file.put(['training'], {}, place);
    return said;
  }
  const image = courseDefaults.trainingImage(facts.user.value, name);
  file.assume(['training', 'image'], image, place);
  file.assume(['training', 'command'], courseDefaults.trainingCommand, place);
  problems.warn('COURSE_ASSUMED', place, {
    message: `\`${name}\` would be trained in a Data Science Pipeline, which driftloop cannot run yet; the image \`${image}\` is assumed to train instead.`,
    hint: `Push an image there that trains, or name another in \`course.yaml\`: \`models: { ${name}: { training: { image: … } } }\`.`,
  });
  return image;
}

interface CheckPlace {
  readonly file: TranslatedFile;
  readonly model: string;
  readonly image: string;
  readonly place: Place;
}

/** The course installs its tools while the run waits; here they are in an image. */
function putCheck(
  { file, model, image, place }: CheckPlace,
  check: (typeof courseDefaults.checks)[keyof typeof courseDefaults.checks],
  { overlay, facts, problems }: CourseInput,
): void {
  const path = ['checks', check.name];
  const own = overlay?.data.models?.[model]?.checks?.[check.name];
  if (own?.image === undefined) file.assume([...path, 'image'], image, place);
  if (own?.command === undefined) {
    file.assume([...path, 'command'], [...check.command], place);
    for (const [variable, value] of Object.entries(check.env(facts.user.value)))
      file.assume([...path, 'env', variable], value, place);
  }
  if (own !== undefined) return;
  problems.warn(
    'COURSE_ASSUMED',
    { ...place, key: true },
    {
      message: `\`${check.command.join(' ')}\` in \`${image}\` is assumed to be the check \`${check.name}\` of \`${model}\`.`,
      hint: `Put its tools into the image, or name another in \`course.yaml\`: \`models: { ${model}: { checks: { ${check.name}: { image: …, command: [...] } } } }\`.`,
    },
  );
}
