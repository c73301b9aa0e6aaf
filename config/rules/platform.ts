import { formatKeyPath } from '../load/key-path.js';
import type { Problem } from '../../problems/problem.js';
import type { Workspace } from '../model.js';
import { platformFile } from '../resolve/resolve-platform.js';
import { formatPrometheusDuration } from '../values/duration.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** What the platform says about alerting must work in its clusters. */
export const checkPlatform: Rule = (workspace) => [...checkTiming(workspace), ...checkWebhooks(workspace)];

function checkTiming(workspace: Workspace): readonly Problem[] {
  const { groupInterval, repeatInterval } = workspace.platform.alerting;
  if (repeatInterval.milliseconds >= groupInterval.milliseconds) return [];
  const written = ['alerting.repeatInterval', 'alerting.groupInterval'];
  const path =
    written.find((each) => workspace.origins.get(`${platformFile}:${each}`)?.position !== undefined) ?? '';
  const found = `${formatPrometheusDuration(repeatInterval)} is below the group interval ${formatPrometheusDuration(groupInterval)}`;
  const message = `The repeat interval ${found}, so Alertmanager cannot repeat that often.`;
  return [
    problemAt(
      workspace,
      { where: platformFile, path },
      {
        code: 'CONFIG_TIMING',
        severity: 'warning',
        message,
        hint: 'Raise `alerting.repeatInterval`, or lower `alerting.groupInterval`.',
      },
    ),
  ];
}

/** A URL that leads out of the cluster is nearly always a secret. */
function checkWebhooks(workspace: Workspace): readonly Problem[] {
  return workspace.platform.receivers.flatMap((receiver) => {
    if (receiver.kind !== 'webhook' || typeof receiver.url !== 'string') return [];
    const { hostname, username, password } = new URL(receiver.url);
    const inside = !hostname.includes('.') || /\.svc(\.cluster\.local)?$/.test(hostname);
    if (inside && username === '' && password === '') return [];
    const subject = {
      where: platformFile,
      path: formatKeyPath(['receivers', receiver.name, 'webhook', 'url']),
    };
    const message = inside
      ? 'The URL of the webhook contains credentials.'
      : `The webhook \`${hostname}\` is outside of the cluster; such URLs are secrets.`;
    const hint = 'Put the URL into a Secret and name it: `urlSecret: { name: …, key: url }`.';
    return [problemAt(workspace, subject, { code: 'CONFIG_URL', message, hint })];
  });
}
