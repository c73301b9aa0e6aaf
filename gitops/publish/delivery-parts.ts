import type { Delivery, DeliveryMode, Environment, Model } from '../../config/model.js';
import type { Selection } from '../plan/selection.js';

/** One commit, or one pull request. */
export interface DeliveryPart {
  readonly mode: DeliveryMode;
  readonly selection: Selection;
}

export interface PartitionRequest {
  readonly workspace: {
    readonly environments: readonly Pick<Environment, 'name'>[];
    readonly models: readonly Pick<Model, 'name'>[];
  };
  readonly delivery: Delivery;
  /** What is delivered at all. */
  readonly selection: Selection;
  /** For everything, whatever the workspace says. */
  readonly mode?: DeliveryMode | undefined;
}

/**
 * Cuts a delivery into what is pushed, which comes first and is one commit, and the pull requests: one per environment, or
 * per model of it. What belongs to no environment, also to one that is gone, goes as `shared` says.
 */
export function partition(request: PartitionRequest): readonly DeliveryPart[] {
  const { workspace, delivery, selection } = request;
  const modeOf = (name: string) => request.mode ?? delivery.modes.get(name) ?? 'push';
  const shared = request.mode ?? delivery.shared;
  const whole = isEmpty(selection.environments) && isEmpty(selection.models);
  const names = workspace.environments.map(({ name }) => name);
  const selected = isEmpty(selection.environments) ? names : (selection.environments ?? []);
  const pushed = selected.filter((name) => modeOf(name) === 'push');
  const proposed = selected.filter((name) => modeOf(name) === 'pull-request');
  if (proposed.length === 0 && (!whole || shared === 'push')) return [{ mode: 'push', selection }];
  const { models } = selection;
  const parts: DeliveryPart[] = [];
  if (whole) parts.push(...sharedParts(shared, names, pushed, proposed));
  else if (pushed.length > 0) parts.push({ mode: 'push', selection: { environments: pushed, models } });
  for (const environment of proposed) {
    const narrowed = { environments: [environment], models, entries: whole };
    const selections =
      delivery.pullRequest.per === 'model' ? perModel(narrowed, workspace.models) : [narrowed];
    parts.push(...selections.map((each): DeliveryPart => ({ mode: 'pull-request', selection: each })));
  }
  return parts;
}

function sharedParts(
  shared: DeliveryMode,
  names: readonly string[],
  pushed: readonly string[],
  proposed: readonly string[],
): readonly DeliveryPart[] {
  if (shared === 'push') {
    return [{ mode: 'push', selection: { exceptEnvironments: proposed, entries: true } }];
  }
  const push: DeliveryPart = { mode: 'push', selection: { environments: pushed, entries: true } };
  return [
    ...(pushed.length > 0 ? [push] : []),
    { mode: 'pull-request', selection: { exceptEnvironments: names, entries: true } },
  ];
}

/** What is of no model of the workspace has a pull request of its own. */
function perModel(selection: Selection, models: readonly Pick<Model, 'name'>[]): readonly Selection[] {
  const names = models.map(({ name }) => name);
  if (!isEmpty(selection.models))
    return (selection.models ?? []).map((name) => ({ ...selection, models: [name] }));
  return [{ ...selection, exceptModels: names }, ...names.map((name) => ({ ...selection, models: [name] }))];
}

function isEmpty(names: readonly string[] | undefined): boolean {
  return names === undefined || names.length === 0;
}
