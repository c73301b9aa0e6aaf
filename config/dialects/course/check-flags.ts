import { alerting, pipelines } from './course-charts.js';
import type { CourseInput } from './translate-platform.js';
import { appsOf } from './read-apps.js';

/** What each flag of the pipeline would do, as far as driftloop cannot do it yet. */
const later = {
  apply_feature_changes: 'Applying changes of the feature store is',
  model_scanning: 'Scanning the model is',
  image_scan: "Scanning the model's image is",
  image_signing: "Signing the model's image is",
  generate_sboms: 'Making the bill of materials is',
} as const;

/** Flags of the pipeline that cause nothing, or not what they should. */
export function checkFlags({ apps, problems }: CourseInput): void {
  for (const { values, at } of appsOf(apps, pipelines)) {
    for (const [key, what] of Object.entries(later)) {
      if (values[key as keyof typeof later] !== true) continue; // entries() forgets the keys.
      problems.warn(
        'COURSE_NOT_RENDERED',
        { ...at(key), key: true },
        {
          message: `${what} not rendered yet, so \`${key}\` has no effect.`,
          hint: 'Nothing waits for it; set it to `false` until then, or go on doing it elsewhere.',
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
