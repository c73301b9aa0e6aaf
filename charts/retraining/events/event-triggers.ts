import type { Model } from '../../../config/model.js';
import type { EventTrigger } from './event-trigger.js';
import { planPush } from './push.js';

/** Every way in which events start runs of a model. */
export function planEventTriggers({ triggers }: Model): readonly EventTrigger[] {
  return triggers.push === undefined ? [] : [planPush('push', triggers.push)];
}
