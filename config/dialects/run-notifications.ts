import type { YamlFile } from '../load/yaml-file.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import { suggest } from '../suggest.js';
import { checkRunTemplate } from '../values/run-template.js';

/** Who is told of runs is there and can be told, and templates name what runs have. */
export function checkRunNotifications(
  { runs, receivers = {} }: PlatformInput,
  file: YamlFile,
  problems: ProblemCollector,
): void {
  const notify = runs?.notify;
  if (notify === undefined) return;
  const base = ['runs', 'notify'];
  notify.receivers.forEach((name, index) => {
    const place = { file, path: [...base, 'receivers', index] };
    if (!Object.hasOwn(receivers, name)) {
      const message = `\`driftloop.yaml\` defines no receiver \`${name}\`.`;
      problems.error('CONFIG_VALUE', place, { message, ...suggest(name, Object.keys(receivers)) });
    } else if (receivers[name]?.pagerduty !== undefined) {
      const message = `PagerDuty opens incidents that have an end, and what \`${name}\` would be told of a run has none.`;
      const hint = 'Leave it out here; the alert about a failed run reaches it.';
      problems.error('CONFIG_RECEIVER_OPTION', place, { message, hint });
    }
  });
  for (const key of ['title', 'text'] as const) {
    for (const { message, hint, index } of checkRunTemplate(notify[key] ?? ''))
      problems.error(
        'CONFIG_MESSAGE_TEMPLATE',
        { file, path: [...base, key], index },
        { message: `\`${key}\`: ${message}.`, hint },
      );
  }
}
