import { formatKeyPath } from '../load/key-path.js';
import type { Problem } from '../../problems/problem.js';
import { listSources } from '../model-triggers.js';
import type { Model, Workspace } from '../model.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Rule } from './rule.js';
import { findWritten, problemAt } from './rule.js';

/** What starts runs must find something to run, and a way to the listener. */
export const checkTriggers: Rule = (workspace) => [
  ...workspace.models.flatMap((model) => checkModel(workspace, model)),
  ...checkSources(workspace),
];

function checkModel(workspace: Workspace, model: Model): readonly Problem[] {
  const path = findWritten(workspace, model.name, 'triggers');
  const trained = model.training !== undefined || workspace.origins.has(`${model.name}:training.timeout`);
  if (path === undefined || trained) return [];
  const message = `\`${model.name}\` has triggers, but no \`training\` that they could start.`;
  const hint = 'Describe the `training`, or remove the `triggers`.';
  return [
    problemAt(workspace, { where: model.name, path }, { code: 'CONFIG_RETRAIN_IMPOSSIBLE', message, hint }),
  ];
}

/** Its triggers could not be resolved: nobody knows what it would have listened to. */
function isBroken(workspace: Workspace, model: Model): boolean {
  const written = findWritten(workspace, model.name, 'triggers') !== undefined;
  return written && Object.values(model.triggers).every((trigger) => trigger === undefined);
}

function checkSources(workspace: Workspace): readonly Problem[] {
  const used = new Set(workspace.models.flatMap(listSources).map(({ name }) => name));
  return workspace.platform.events.flatMap((source) => {
    const subject = { where: platformFile, path: formatKeyPath(['events', source.name, 'kind']) };
    if (!used.has(source.name)) {
      if (workspace.models.some((model) => isBroken(workspace, model))) return [];
      const message = `No model has a trigger for what \`${source.name}\` sends.`;
      const hint = 'Give a model `triggers`, or remove the sender.';
      return [
        problemAt(workspace, subject, { code: 'CONFIG_EVENT_UNUSED', severity: 'warning', message, hint }),
      ];
    }
    if (source.namespace !== undefined) return [];
    const message = `Nothing lets the events of \`${source.name}\` in.`;
    const hint = 'Name the `namespace` it runs in.';
    return [problemAt(workspace, subject, { code: 'CONFIG_TRIGGER_UNREACHABLE', message, hint })];
  });
}
