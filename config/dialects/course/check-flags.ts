import { alerting, pipelines, postDeployment } from './course-charts.js';
import { speaksOf } from './overlay.js';
import type { CourseInput } from './translate-platform.js';
import { appsOf } from './read-apps.js';

/** What a flag of the pipeline asks for without saying how; `course.yaml` can say it at this path of a model. */
const unsaid = {
  model_scanning: { what: 'scans the model', path: ['scan', 'model'] },
  image_scan: { what: "scans the model's image", path: ['scan', 'image'] },
  image_signing: { what: "signs the model's image", path: ['sign'] },
  generate_sboms: { what: 'packages the model and lists what ships', path: ['package'] },
} as const;

/** Flags and apps that cause nothing, or not what they should. */
export function checkFlags(input: CourseInput): void {
  const { apps, overlay, problems } = input;
  checkRegistry(input);
  for (const { values, at } of appsOf(apps, pipelines)) {
    if (values.apply_feature_changes === true) {
      problems.warn(
        'COURSE_NOT_RENDERED',
        { ...at('apply_feature_changes'), key: true },
        {
          message:
            'Applying changes of the feature store is not rendered yet, so `apply_feature_changes` has no effect.',
          hint: 'Nothing waits for it; set it to `false` until then, or go on doing it elsewhere.',
        },
      );
    }
    for (const [key, { what, path }] of Object.entries(unsaid)) {
      // entries() forgets the keys.
      if (values[key as keyof typeof unsaid] !== true || speaksOf(overlay, path)) continue;
      problems.warn(
        'COURSE_NOT_RENDERED',
        { ...at(key), key: true },
        {
          message: `The tree does not say what ${what}, so \`${key}\` has no effect.`,
          hint: `Write \`${path.join('.')}\` of the model into \`course.yaml\`, or set the flag to \`false\`.`,
        },
      );
    }
    if (values.static_code_analysis_secret !== undefined && values.static_code_analysis !== true) {
      problems.warn(
        'COURSE_KEY_WITHOUT_EFFECT',
        { ...at('static_code_analysis_secret'), key: true },
        {
          message: '`static_code_analysis_secret` is not read while `static_code_analysis` is not true.',
          hint: 'Write `static_code_analysis: true`, or remove the key.',
        },
      );
    }
    const sent = appsOf(apps, alerting).some((each) => each.values.alert_manager === true);
    if (values.alert_trigger === true && !sent) {
      problems.warn('COURSE_CONTRADICTION', at('alert_trigger'), {
        message:
          'The pipeline listens for alerts, but no `charts/alerting` sends one: `alert_manager` is not true.',
        hint: 'Write `alert_manager: true` into the `config.yaml` of `charts/alerting`.',
      });
    }
  }
}

/** What runs stands in the release records, and the labels of a registry that is named follow them. */
function checkRegistry({ apps, overlay, problems }: CourseInput): void {
  if (speaksOf(overlay, ['registry'])) return;
  for (const { at } of appsOf(apps, postDeployment)) {
    problems.warn('COURSE_NOT_RENDERED', at('chart_path'), {
      message: 'The model registry is not told what runs in production: the tree does not say where it is.',
      hint: 'Write `platform: { registry: { kind: kubeflow, url: … } }` into `course.yaml`: its labels then follow `releases/prod/<model>.yaml`.',
    });
  }
}
