import type { Model, Platform } from '../../../config/model.js';
import type { EventTrigger } from './event-trigger.js';
import { planObjects } from './objects.js';
import { planPush } from './push.js';
import { planRegistry } from './registry.js';
import { planRequest } from './request.js';

/** Every way in which events start runs of a model. */
export function planEventTriggers(platform: Platform, model: Model): readonly EventTrigger[] {
  const { push, data, objects, registry, schedule, manual } = model.triggers;
  const { tokenSecret } = platform.alerting;
  return [
    ...(push === undefined ? [] : [planPush('push', push)]),
    ...(data === undefined ? [] : [planPush('data', data)]),
    ...(objects === undefined ? [] : [planObjects(objects)]),
    ...(registry === undefined ? [] : [planRegistry(registry)]),
    ...(schedule === undefined ? [] : [planRequest('schedule', model.name, tokenSecret)]),
    ...(manual ? [planRequest('manual', model.name, tokenSecret)] : []),
  ];
}
