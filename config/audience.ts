import type { Deployment, Model } from './model.js';
import { seesRuns } from './places.js';
import { severities } from './model-notifications.js';
import type { AlertClass, Receiver } from './model-notifications.js';
import { meansModel } from './values/receivers.js';

/** A receiver and the alerts of one model in one environment that it is told of. */
export interface Listener {
  readonly receiver: Receiver;
  /** Empty: all. */
  readonly severities: Receiver['severities'];
  /** undefined is what is about the loop itself. Empty: all. */
  readonly categories: readonly AlertClass['category'][];
}

/** Who is told of what about a model in an environment. */
export interface Audience {
  readonly listeners: readonly Listener[];
  /** Alerts that no receiver takes. */
  readonly unheard: readonly AlertClass[];
}

/** Receivers that would hear nothing are left out; those that are the default get what the others leave. */
export function planAudience(receivers: readonly Receiver[], model: Model, deployment: Deployment): Audience {
  const classes = listAlertClasses(deployment);
  const near = receivers.filter((receiver) => concerns(receiver, model.name, deployment.environment.name));
  const own = near
    .filter((receiver) => !receiver.default)
    .filter((receiver) => classes.some((each) => hears(receiver, each)));
  const left = classes.filter((each) => !own.some((receiver) => hears(receiver, each)));
  const defaults = near.filter((receiver) => receiver.default);
  return {
    listeners: [
      ...own.map((receiver) => ({
        receiver,
        severities: receiver.severities,
        categories: receiver.categories.length === 0 ? [] : [...receiver.categories, undefined],
      })),
      ...defaults.flatMap((receiver) => listenToRest(receiver, left, own.length === 0)),
    ],
    unheard: defaults.length > 0 ? [] : left,
  };
}

/** What alerts for people a deployment can raise; each once. */
export function listAlertClasses({ detectors, environment }: Deployment): readonly AlertClass[] {
  const classes = [
    ...detectors.map(({ severity, category }) => ({ severity, category })),
    // That no run has started is told at the urgency of a default.
    ...(seesRuns(environment) && detectors.some(({ actions }) => actions.includes('retrain'))
      ? [{ severity: 'warning' as const, category: undefined }]
      : []),
  ];
  const keys = classes.map(({ severity, category }) => `${severity} ${category ?? ''}`);
  return classes.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** Is a receiver for this model and environment at all? */
export function concerns({ models, environments }: Receiver, model: string, environment: string): boolean {
  return (
    (models.length === 0 || models.some((pattern) => meansModel(pattern, model))) &&
    (environments.length === 0 || environments.includes(environment))
  );
}

function hears(receiver: Receiver, { severity, category }: AlertClass): boolean {
  const { severities: urgent, categories } = receiver;
  return (
    (urgent.length === 0 || urgent.includes(severity)) &&
    (categories.length === 0 || category === undefined || categories.includes(category))
  );
}

/** One for each severity, because a route cannot say `critical drift or bias, or any warning`. */
function listenToRest(receiver: Receiver, left: readonly AlertClass[], alone: boolean): readonly Listener[] {
  if (alone) return [{ receiver, severities: [], categories: [] }];
  return severities.flatMap((severity) => {
    const categories = left.filter((each) => each.severity === severity).map(({ category }) => category);
    return categories.length === 0 ? [] : [{ receiver, severities: [severity], categories }];
  });
}
