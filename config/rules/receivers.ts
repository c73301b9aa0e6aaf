import type { Problem } from '../../problems/problem.js';
import { formatKeyPath } from '../load/key-path.js';
import type { Receiver, TimeInterval, Workspace } from '../model.js';
import { platformFile } from '../resolve/resolve-platform.js';
import { suggest } from '../suggest.js';
import { minutesOfDay } from '../values/calendar.js';
import { meansModel } from '../values/receivers.js';
import { markWeek } from '../values/week.js';
import type { Rule, Subject } from './rule.js';
import { problemAt } from './rule.js';
import { checkNeed } from './unsupported.js';

/** What receivers ask for exists, and leaves them something to hear. */
export const checkReceivers: Rule = (workspace, complete) => [
  ...workspace.platform.receivers.flatMap((receiver) => [
    ...(complete ? checkModels(workspace, receiver) : []),
    ...checkSilence(workspace, receiver),
    ...checkSupport(workspace, receiver),
  ]),
  ...checkIntervals(workspace, complete),
];

function subjectOf(receiver: Receiver, ...path: readonly string[]): Subject {
  return { where: platformFile, path: formatKeyPath(['receivers', receiver.name, ...path]) };
}

function checkModels(workspace: Workspace, receiver: Receiver): readonly Problem[] {
  const known = workspace.models.map(({ name }) => name);
  if (known.length === 0) return [];
  return receiver.models
    .filter((pattern) => !known.some((name) => meansModel(pattern, name)))
    .map((pattern) =>
      problemAt(workspace, subjectOf(receiver, 'models'), {
        code: 'CONFIG_FILTER_EMPTY',
        severity: pattern.includes('*') ? 'warning' : 'error',
        message: `No model is called \`${pattern}\`, so \`${receiver.name}\` hears nothing of it.`,
        ...suggest(pattern, known),
      }),
    );
}

/** Muted whenever it is active; only days of the week and times are compared, dates are given the benefit of the doubt. */
function checkSilence(workspace: Workspace, receiver: Receiver): readonly Problem[] {
  const muted = weekOf(receiver.mute, false);
  const active = receiver.active.length === 0 ? muted.map(() => true) : weekOf(receiver.active, true);
  if (active.some((isActive, minute) => isActive && muted[minute] === false)) return [];
  const key = receiver.active.length === 0 ? 'mute' : 'active';
  return [
    problemAt(workspace, subjectOf(receiver, key), {
      code: 'CONFIG_RECEIVER_SILENT',
      message: `\`${receiver.name}\` is never told anything: it is muted whenever it is active.`,
      hint: 'Change `mute` or `active`, or remove the receiver.',
    }),
  ];
}

function weekOf(intervals: readonly TimeInterval[], whenDated: boolean): readonly boolean[] {
  const week = Array.from({ length: 7 * minutesOfDay }, () => false);
  for (const { weekdays, times, ...dates } of intervals.flatMap(({ periods }) => periods)) {
    const dated = Object.values(dates).some((list) => list.length > 0);
    if (dated && !whenDated) continue;
    markWeek(weekdays, times).forEach((isMeant, minute) => {
      if (isMeant) week[minute] = true;
    });
  }
  return week;
}

function checkSupport(workspace: Workspace, receiver: Receiver): readonly Problem[] {
  const teams = {
    feature: 'teams',
    value: 'msteamsv2Configs',
    subject: subjectOf(receiver, 'teams', 'urlSecret', 'name'),
    words: 'A workflow of Microsoft Teams',
    otherwise: 'Or use a `webhook`.',
  } as const;
  const active = {
    feature: 'activeTimes',
    value: true,
    subject: subjectOf(receiver, 'active'),
    words: '`active`',
    otherwise: 'Or write what is left out with `mute`.',
  } as const;
  return [
    ...(receiver.kind === 'teams' ? [teams] : []),
    ...(receiver.active.length > 0 ? [active] : []),
  ].flatMap((need) => checkNeed(workspace, need) ?? []);
}

function checkIntervals(workspace: Workspace, complete: boolean): readonly Problem[] {
  if (!complete) return [];
  const used = [
    ...workspace.platform.receivers.flatMap(({ mute, active }) =>
      [...mute, ...active].map(({ name }) => name.replace(/^(mute|active)-/, '')),
    ),
    ...workspace.models.flatMap(({ training }) => training?.admission.freeze.map(({ name }) => name) ?? []),
  ];
  const named = [...workspace.origins].flatMap(([key, { position }]) => {
    const [, name] = /^driftloop\.yaml:timeIntervals(?:\.([^.[]+)|\["[^"]+"\])/.exec(key) ?? [];
    return name === undefined || position === undefined
      ? []
      : [{ name, path: key.slice(platformFile.length + 1) }];
  });
  const first = new Map(named.reverse().map(({ name, path }) => [name, path]));
  return [...first]
    .filter(([name]) => !used.includes(name))
    .map(([name, path]) =>
      problemAt(
        workspace,
        { where: platformFile, path },
        {
          code: 'CONFIG_TIME_INTERVAL_UNUSED',
          severity: 'warning',
          message: `No receiver is muted or active in \`${name}\`, and no training is frozen.`,
          hint: 'Name it in `mute` or `active` of a receiver or in `training.admission.freeze`, or remove it.',
        },
      ),
    );
}
