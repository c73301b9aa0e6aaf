import { formatKeyPath } from '../load/key-path.js';
import type { Problem } from '../../problems/problem.js';
import type { Exposure } from '../model-exposure.js';
import { listRemoteStarts } from '../places.js';
import { listSources } from '../model-triggers.js';
import type { Workspace } from '../model.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import { problemAt } from './rule.js';
import { hasUnresolvedTrigger } from './unresolved-triggers.js';

/** Senders of events are listened to, and have a way to the listener. */
export const checkTriggers: Rule = (workspace, complete) => {
  const all = complete && !workspace.models.some((model) => hasUnresolvedTrigger(workspace, model));
  return [...checkSources(workspace, all), ...checkExposure(workspace, all)];
};

function checkSources(workspace: Workspace, all: boolean): readonly Problem[] {
  const used = new Set(workspace.models.flatMap(listSources).map(({ name }) => name));
  return workspace.platform.events.flatMap((source) => {
    const subject = { where: platformFile, path: formatKeyPath(['events', source.name, 'kind']) };
    if (!used.has(source.name)) {
      if (!all) return [];
      const message = `No model has a trigger for what \`${source.name}\` sends.`;
      const hint = 'Give a model `triggers`, or remove the sender.';
      return [
        problemAt(workspace, subject, { code: 'CONFIG_EVENT_UNUSED', severity: 'warning', message, hint }),
      ];
    }
    if (source.namespace !== undefined || workspace.platform.exposure !== undefined) return [];
    const message = `Nothing lets the events of \`${source.name}\` in.`;
    const hint = 'Name the `namespace` it runs in, or let it in from outside with `listener.expose`.';
    return [problemAt(workspace, subject, { code: 'CONFIG_TRIGGER_UNREACHABLE', message, hint })];
  });
}

function checkExposure(workspace: Workspace, all: boolean): readonly Problem[] {
  const { exposure } = workspace.platform;
  if (exposure === undefined) return [];
  const report = (key: string, problem: Finding): Problem =>
    problemAt(workspace, { where: platformFile, path: `listener.expose.${key}` }, problem);
  const fromOutside = workspace.models.flatMap(listSources).some(({ namespace }) => namespace === undefined);
  const problems: Problem[] = [];
  const alerted = workspace.models.some((model) => listRemoteStarts(model).length > 0);
  if (!fromOutside && !alerted && all) {
    const message = 'No model listens to a sender outside of the cluster, so nothing is exposed.';
    const hint = 'Remove `listener.expose`, or the `namespace` of a sender.';
    problems.push(report('host', { code: 'CONFIG_EVENT_UNUSED', severity: 'warning', message, hint }));
  }
  const unlimited = describeUnlimited(exposure);
  if (unlimited !== undefined) problems.push(report(unlimited.key, unlimited.problem));
  return problems;
}

type Finding = Parameters<typeof problemAt>[2];

/** What strangers send is limited by what lets it in, as far as that can be told to. */
function describeUnlimited(
  exposure: Exposure,
): { readonly key: string; readonly problem: Finding } | undefined {
  const code = 'CONFIG_EXPOSURE_LIMIT';
  if (exposure.kind === 'ingress') {
    // Annotations decide nothing: what those of an unknown controller do, nobody here can tell.
    if (exposure.bodyLimit !== undefined) return undefined;
    const message = `How controllers of the class \`${exposure.class}\` limit bodies is not known here, and the listener has no limit.`;
    const hint =
      "Limit them by the controller's own annotation in `annotations`, or in the controller itself; alerts of its own cluster have a listener of their own.";
    return { key: 'class', problem: { code, severity: 'warning', message, hint } };
  }
  const isRoute = exposure.kind === 'route';
  const message = `${isRoute ? 'A Route' : 'An HTTPRoute'} cannot limit the size of bodies, and the listener has no limit.`;
  const hint = isRoute
    ? 'Limit it in front of the router, or let an Ingress of another controller in; alerts of its own cluster have a listener of their own.'
    : "Attach a policy of the Gateway's implementation to the HTTPRoute; alerts of its own cluster have a listener of their own.";
  return { key: 'host', problem: { code, severity: 'warning', message, hint } };
}
