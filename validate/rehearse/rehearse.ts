import { requestFields } from '../../charts/contract.js';
import { eventsListenerName, listenerName } from '../../charts/conventions.js';
import { canonicalHeaders } from '../../config/values/cel/headers.js';
import type { TriggerEvent } from '../../config/values/cel.js';
import { describeObject } from '../../synth/manifest.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import { isFields, textAt } from '../fields.js';
import type { RunnableTrigger } from '../triggers/listeners.js';
import { validateCreated } from './created-objects.js';
import type { Hop, Rehearsal, RehearsalOptions, RehearsalRequest } from './rehearsal.js';
import { findListenerOfReceiver, rehearseRoute } from './routing.js';
import { prepareStage } from './stage.js';
import type { Stage } from './stage.js';
import { walkTrigger } from './trigger-walk.js';
import type { EventWalk } from './trigger-walk.js';

export type { Hop, Rehearsal, RehearsalOptions, RehearsalRequest } from './rehearsal.js';

/**
 * Walks a request through route, listener, Triggers and templates as the controllers would, to the objects that
 * would be created. Whatever goes wrong on the way is a hop; nothing is thrown.
 */
export function rehearse(
  manifests: readonly Manifest[],
  request: RehearsalRequest,
  options: RehearsalOptions = {},
): Rehearsal {
  return rehearseOn(prepareStage(manifests), request, options);
}

/** The same for somebody who rehearses more than once. */
export function rehearseOn(
  stage: Stage,
  request: RehearsalRequest,
  options: RehearsalOptions = {},
): Rehearsal {
  const body = parseBody(request.body);
  if ('fault' in body) {
    const hop: Hop = { hop: 'request', subject: 'POST', outcome: 'failed', detail: body.fault };
    return { status: 400, hops: [hop], created: [], problems: [] };
  }
  const hops: Hop[] = [rehearseRoute(stage, body.value), acceptedHop];
  const listener = chooseListener(stage, body.value);
  if (typeof listener === 'string') {
    hops.push({ hop: 'listener', subject: 'EventListener', outcome: 'failed', detail: listener });
    return { status: 202, hops, created: [], problems: [] };
  }
  const triggers = stage.triggersOf(listener);
  hops.push(listenerHop(listener, triggers));
  const event: TriggerEvent = {
    body: body.value,
    bodyText: request.body,
    headers: canonicalHeaders(request.headers),
    extensions: {},
    requestUrl: request.path ?? '/',
  };
  const walk: EventWalk = {
    cluster: stage.cluster,
    listener,
    event,
    evaluation: stage.evaluationWith(options.token),
    existing: new Set(options.existing),
  };
  const walked = triggers.map((trigger, index) => walkTrigger(walk, trigger, index));
  hops.push(...walked.flatMap((one) => one.hops));
  const created = walked.flatMap((one) => one.created);
  return { status: 202, hops, created, problems: validateCreated(stage.cluster, listener, created) };
}

const acceptedHop: Hop = {
  hop: 'request',
  subject: 'POST',
  outcome: 'passed',
  detail: 'the body is a JSON object, so the caller gets 202 whatever follows',
};

type Body = { readonly value: unknown } | { readonly fault: string };

function parseBody(text: string): Body {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: `invalid event body format: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (value !== null && !isFields(value))
    return { fault: 'invalid event body format: the body is no JSON object' };
  return { value };
}

function chooseListener(stage: Stage, body: unknown): Manifest | string {
  const byReceiver = findListenerOfReceiver(stage, body);
  if (byReceiver !== undefined) return byReceiver;
  const listeners = stage.cluster.ofKind(kinds.eventListener);
  const [only, ...others] = listeners;
  if (only === undefined) return 'there is no EventListener';
  if (others.length === 0) return only;
  // What no route of ours sends is a request of our own form, or comes from a forge or the like.
  const isRequest = textAt(body, requestFields.startedBy) !== undefined;
  const wanted = isRequest ? listenerName : eventsListenerName;
  const forEvents = listeners.find(({ object }) => object.metadata.name === wanted);
  return forEvents ?? 'no receiver says which of several EventListeners gets this';
}

function listenerHop(listener: Manifest, triggers: readonly RunnableTrigger[]): Hop {
  const names = triggers.map((trigger) => trigger.name).join(', ');
  return {
    hop: 'listener',
    subject: describeObject(listener.object),
    outcome: triggers.length === 0 ? 'failed' : 'passed',
    detail: triggers.length === 0 ? 'it runs no Trigger' : `runs ${triggers.length} Triggers: ${names}`,
  };
}
