import { alertLabels } from '../../charts/contract.js';
import { firingAlert, formatPayload, groupPayload, resolvedAlert } from '../alertmanager/payload.js';
import type { AlertmanagerPayload, PayloadAlert } from '../alertmanager/payload.js';
import type { Route } from '../alertmanager/routes.js';
import type { AlertDelivery } from '../references/alert-chain.js';
import type { RehearsalRequest } from './rehearsal.js';
import type { Stage } from './stage.js';

/** A request, and what must come of it. */
export interface SampleRequest {
  /** Stable, for machines: `firing`, `wrong-token`. */
  readonly name: string;
  /** For people: `the alert fires`. */
  readonly title: string;
  readonly request: RehearsalRequest;
  readonly expected: ExpectedOutcome;
  /** Names of samples that have been sent before, because their runs are there already. */
  readonly after: readonly string[];
}

export interface ExpectedOutcome {
  readonly status: 202 | 400;
  /** How many runs start. */
  readonly runs: 0 | 1;
}

/** Content of the token's Secret in rehearsals of samples. */
export const sampleToken = 'rehearsed-token';

/**
 * Requests made from the rendered alert and route of a model in an environment: everything Alertmanager and others
 * may send to the listener. Empty when no route brings the alert to a listener.
 */
export function sampleRequests(stage: Stage, model: string, environment: string): readonly SampleRequest[] {
  const delivery = findDelivery(stage, model, environment);
  if (delivery === undefined) return [];
  const { alert, route, startsAt } = delivery;
  const firing = firingAlert(alert.labels, startsAt);
  return [...alertSamples(route, firing), ...foreignSamples(route, firing), ...requestSamples(route, firing)];
}

function findDelivery(stage: Stage, model: string, environment: string): AlertDelivery | undefined {
  return stage.retrainAlerts
    .filter(
      ({ labels }) => labels[alertLabels.model] === model && labels[alertLabels.environment] === environment,
    )
    .flatMap((alert) => stage.findDeliveries(alert))[0];
}

const starts = { status: 202, runs: 1 } as const;
const startsNothing = { status: 202, runs: 0 } as const;
const isRefused = { status: 400, runs: 0 } as const;

/** What happens to the alert itself. */
function alertSamples(route: Route, firing: PayloadAlert): readonly SampleRequest[] {
  const payload = (...alerts: readonly PayloadAlert[]): AlertmanagerPayload => groupPayload(route, alerts);
  const aWeekLater = new Date(Date.parse(firing.startsAt) + 7 * 86_400_000).toISOString();
  const other = firingAlert({ ...firing.labels, instance: 'other' }, firing.startsAt);
  return [
    sample('firing', 'the alert fires', payload(firing), starts),
    sample('repeated', 'the same alert is sent again', payload(firing), startsNothing, ['firing']),
    sample('next-episode', 'the alert fires anew', payload({ ...firing, startsAt: aWeekLater }), starts, [
      'firing',
    ]),
    sample('resolved', 'the alert is resolved', payload(resolvedAlert(firing)), startsNothing),
    sample(
      'partly-resolved',
      'an alert of the group is resolved, the group still fires',
      payload(resolvedAlert(firing), other),
      startsNothing,
    ),
    sample(
      'stale',
      'the group still fires, its only alert does not',
      { ...payload(resolvedAlert(firing)), status: 'firing' },
      startsNothing,
    ),
  ];
}

/** What is not for this Trigger. */
function foreignSamples(route: Route, firing: PayloadAlert): readonly SampleRequest[] {
  const relabelled = (labels: Readonly<Record<string, string>>): AlertmanagerPayload =>
    groupPayload(route, [firingAlert({ ...firing.labels, ...labels }, firing.startsAt)]);
  const push = { ref: 'refs/heads/main', repository: { name: 'jukebox' }, commits: [] };
  return [
    sample(
      'other-model',
      'the alert of another model',
      relabelled({ [alertLabels.model]: 'another-model' }),
      startsNothing,
    ),
    sample(
      'other-environment',
      'the alert of another environment',
      relabelled({ [alertLabels.environment]: 'another' }),
      startsNothing,
    ),
    sample(
      'other-namespace',
      'the same labels from another namespace',
      relabelled({ [alertLabels.namespace]: 'another' }),
      startsNothing,
    ),
    sample(
      'notify-only',
      'an alert that asks for no run',
      relabelled({ [alertLabels.action]: 'notify' }),
      startsNothing,
    ),
    {
      ...sample('git-push', 'a push to a repository', groupPayload(route, [firing]), startsNothing),
      request: { headers: headersWith(sampleToken), body: JSON.stringify(push) },
    },
  ];
}

/** What is wrong with the request. */
function requestSamples(route: Route, firing: PayloadAlert): readonly SampleRequest[] {
  const payload = groupPayload(route, [firing]);
  const body = formatPayload(payload);
  const hostile = groupPayload(route, [{ ...firing, fingerprint: '$(context.taskRun.name)' }]);
  const withoutToken = { 'content-type': 'application/json' };
  const base = sample('', '', payload, startsNothing);
  return [
    {
      ...base,
      name: 'unauthenticated',
      title: 'the alert without a token',
      request: { headers: withoutToken, body },
    },
    {
      ...base,
      name: 'wrong-token',
      title: 'the alert with a wrong token',
      request: { headers: headersWith('guessed'), body },
    },
    sample('hostile', 'a fingerprint with a variable of Tekton in it', hostile, startsNothing),
    {
      ...base,
      name: 'not-json',
      title: 'a body that is no JSON',
      request: { headers: headersWith(sampleToken), body: 'alert!' },
      expected: isRefused,
    },
    {
      ...base,
      name: 'empty',
      title: 'no body',
      request: { headers: headersWith(sampleToken), body: '' },
      expected: isRefused,
    },
  ];
}

function sample(
  name: string,
  title: string,
  payload: AlertmanagerPayload,
  expected: ExpectedOutcome,
  after: readonly string[] = [],
): SampleRequest {
  const request = { headers: headersWith(sampleToken), body: formatPayload(payload) };
  return { name, title, request, expected, after };
}

function headersWith(token: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Alertmanager',
    authorization: `Bearer ${token}`,
  };
}
