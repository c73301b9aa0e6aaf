import type { YamlFile } from '../load/yaml-file.js';
import type { ProblemCollector } from '../problem-collector.js';
import type { PlatformInput } from '../schema/platform-schema.js';

/** Each receiver is of one kind, and a webhook is named in one way. */
export function checkReceivers(input: PlatformInput, file: YamlFile, problems: ProblemCollector): void {
  if (Object.keys(input.environments).length === 0) {
    const message = 'A platform needs at least one environment.';
    problems.error(
      'CONFIG_VALUE',
      { file, path: ['environments'] },
      { message, hint: 'For example `test: { namespace: mlops-test }`.' },
    );
  }
  for (const [name, { slack, webhook }] of Object.entries(input.receivers ?? {})) {
    const path = ['receivers', name];
    const kinds = [slack, webhook].filter((kind) => kind !== undefined).length;
    if (kinds !== 1) {
      const message = `The receiver \`${name}\` has ${kinds === 0 ? 'no kind' : 'several kinds'}.`;
      problems.error(
        'CONFIG_VALUE',
        { file, path, key: true },
        { message, hint: 'Give one of `slack` and `webhook`.' },
      );
    }
    const ways = [webhook?.url, webhook?.urlSecret].filter((way) => way !== undefined).length;
    if (webhook === undefined || ways === 1) continue;
    const message = `The webhook \`${name}\` has ${ways === 0 ? 'no URL' : 'two URLs'}.`;
    problems.error(
      'CONFIG_VALUE',
      { file, path: [...path, 'webhook'], key: true },
      { message, hint: 'Give one of `url` and `urlSecret`.' },
    );
  }
}
