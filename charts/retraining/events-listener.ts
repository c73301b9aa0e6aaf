import type { Construct } from 'constructs';
import type { EventSource } from '../../config/model-triggers.js';
import type { Platform } from '../../config/model.js';
import { eventsListenerName, eventsPath, listenerPort, listenerService } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { exposeService } from '../exposure/expose-service.js';
import { addListener } from './listener.js';

export interface EventsListenerProps {
  readonly platform: Platform;
  /** Those that a model listens to. */
  readonly sources: readonly EventSource[];
}

/**
 * Where forges and others deliver their events: a listener of its own, so that whoever reaches it, from outside of the
 * cluster too, has no way to the Triggers of alerts.
 */
export class EventsListener extends DriftloopChart {
  constructor(scope: Construct, capability: string, { platform, sources }: EventsListenerProps) {
    super(scope, capability, { namespace: platform.namespaces.toolings });
    const { exposure } = platform;
    const strangers = sources.filter(({ namespace }) => namespace === undefined);
    const callers = sources.flatMap(({ namespace }) => namespace ?? exposure?.namespace ?? []);
    addListener(this, {
      platform,
      name: eventsListenerName,
      // Forges do not know the cluster's authority.
      certified: false,
      callers: [...new Set(callers)].sort(),
      monitoring: platform.namespaces.monitoring,
    });
    if (exposure === undefined || strangers.length === 0) return;
    exposeService(this, exposure, {
      name: eventsListenerName,
      service: listenerService(eventsListenerName),
      port: listenerPort,
      paths: strangers.map((source) => ({ name: source.name, path: eventsPath(source.name) })),
    });
  }
}
