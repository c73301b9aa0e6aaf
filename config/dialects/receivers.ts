import type { KeyPath } from '../load/key-path.js';
import type { ProblemCode } from '../../problems/codes.js';
import type { YamlFile } from '../load/yaml-file.js';
import type { ProblemCollector } from '../problem-collector.js';
import { checkTimeInterval } from '../resolve/resolve-time-intervals.js';
import type { PlatformInput } from '../schema/platform-schema.js';
import type { ReceiverInput } from '../schema/receiver-schema.js';
import { suggest } from '../suggest.js';
import { checkMessageTemplate } from '../values/message-template.js';

/** What stands where, so that each problem is reported at its own word. */
interface ReceiverContext {
  readonly name: string;
  readonly platform: PlatformInput;
  readonly error: (code: ProblemCode, path: KeyPath, message: string, hint: string, index?: number) => void;
}

/** Each receiver is of one kind, has options that the kind knows, and names what is there. */
export function checkReceivers(platform: PlatformInput, file: YamlFile, problems: ProblemCollector): void {
  if (Object.keys(platform.environments).length === 0) {
    const message = 'A platform needs at least one environment.';
    const hint = 'For example `test: { namespace: mlops-test }`.';
    problems.error('CONFIG_VALUE', { file, path: ['environments'] }, { message, hint });
  }
  for (const [name, interval] of Object.entries(platform.timeIntervals ?? {}))
    checkTimeInterval(name, interval, (key) => ({ file, path: ['timeIntervals', name, key] }), problems);
  for (const [name, receiver] of Object.entries(platform.receivers ?? {})) {
    const context: ReceiverContext = {
      name,
      platform,
      error(code, path, message, hint, index) {
        const place = { file, path: ['receivers', name, ...path] };
        // A whole map is pointed at by its key.
        const precise = index === undefined ? { ...place, key: isMapPath(path) } : { ...place, index };
        problems.error(code, precise, { message, hint });
      },
    };
    checkKind(receiver, context);
    checkWays(receiver, context);
    checkNames(receiver, context);
    checkWords(receiver, context);
  }
}

const kinds = ['slack', 'email', 'teams', 'pagerduty', 'webhook'] as const;

function isMapPath(path: KeyPath): boolean {
  return path.length === 0 || path.at(-1) === 'webhook' || path.at(-1) === 'ca';
}

function checkKind(receiver: ReceiverInput, { name, error }: ReceiverContext): void {
  const given = kinds.filter((kind) => receiver[kind] !== undefined);
  if (given.length === 1) return;
  const words = given.length === 0 ? 'no kind' : 'several kinds';
  error(
    'CONFIG_VALUE',
    [],
    `The receiver \`${name}\` has ${words}.`,
    `Give one of ${kinds.map((kind) => `\`${kind}\``).join(', ')}; whoever is reached in two ways is two receivers.`,
  );
}

/** Of some options exactly one, or at most one, makes sense. */
function checkWays({ webhook, email }: ReceiverInput, { name, error }: ReceiverContext): void {
  const count = (...ways: readonly unknown[]) => ways.filter((way) => way !== undefined).length;
  if (webhook !== undefined) {
    const urls = count(webhook.url, webhook.urlSecret);
    const message = `The webhook \`${name}\` has ${urls === 0 ? 'no URL' : 'two URLs'}.`;
    if (urls !== 1) error('CONFIG_VALUE', ['webhook'], message, 'Give one of `url` and `urlSecret`.');
    if (count(webhook.bearerTokenSecret, webhook.basicAuthSecret) > 1) {
      const both = `The webhook \`${name}\` shows who it is in two ways.`;
      error('CONFIG_VALUE', ['webhook'], both, 'Give one of `bearerTokenSecret` and `basicAuthSecret`.');
    }
  }
  if (email !== undefined && count(email.username, email.passwordSecret) === 1) {
    const key = email.username === undefined ? 'passwordSecret' : 'username';
    const message = `The mail server is told ${key === 'username' ? 'a name without a password' : 'a password without a name'}.`;
    error('CONFIG_VALUE', ['email', key], message, 'Give both of `username` and `passwordSecret`, or none.');
  }
  for (const [kind, ca] of [
    ['webhook', webhook?.ca],
    ['email', email?.ca],
  ] as const) {
    if (ca === undefined || count(ca.secret, ca.configMap) === 1) continue;
    const message = 'A certificate stands in one place.';
    error('CONFIG_VALUE', [kind, 'ca'], message, 'Give one of `secret` and `configMap`.');
  }
}

function checkNames(receiver: ReceiverInput, { platform, error }: ReceiverContext): void {
  const intervals = Object.keys(platform.timeIntervals ?? {});
  for (const key of ['mute', 'active'] as const) {
    (receiver[key] ?? []).forEach((name, index) => {
      if (intervals.includes(name)) return;
      const message = `\`timeIntervals\` has no \`${name}\`.`;
      error('CONFIG_TIME_INTERVAL_UNKNOWN', [key, index], message, suggest(name, intervals).hint);
    });
  }
  const environments = Object.keys(platform.environments);
  (receiver.environments ?? []).forEach((name, index) => {
    if (environments.includes(name)) return;
    const message = `\`driftloop.yaml\` defines no environment \`${name}\`.`;
    error('CONFIG_ENVIRONMENT_UNKNOWN', ['environments', index], message, suggest(name, environments).hint);
  });
  const filters = (['severities', 'categories'] as const).filter((key) => receiver[key] !== undefined);
  const [filter] = filters;
  if (receiver.default !== true || filter === undefined) return;
  const message = `A default receiver gets what the others leave, so \`${filter}\` would be ignored.`;
  error('CONFIG_RECEIVER_OPTION', [filter], message, `Leave out \`${filter}\`, or \`default\`.`);
}

function checkWords(receiver: ReceiverInput, { error }: ReceiverContext): void {
  for (const key of ['title', 'text'] as const) {
    const template = receiver[key];
    if (template === undefined) continue;
    if (receiver.webhook !== undefined) {
      const message = `A webhook gets Alertmanager's own payload, so \`${key}\` would be ignored.`;
      error('CONFIG_RECEIVER_OPTION', [key], message, `Leave out \`${key}\`.`);
      continue;
    }
    for (const { message, hint, index } of checkMessageTemplate(template))
      error('CONFIG_MESSAGE_TEMPLATE', [key], `\`${key}\`: ${message}.`, hint, index);
  }
}
