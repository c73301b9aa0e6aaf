import type { Construct } from 'constructs';
import type { EventSource } from '../../config/model-triggers.js';
import type { Platform } from '../../config/model.js';
import { alertsPath, eventsListenerName, eventsPath, listenerPort, listenerService } from '../conventions.js';
import { DriftloopChart } from '../driftloop-chart.js';
import { exposeService } from '../exposure/expose-service.js';
import { addListener } from './listener.js';

export interface EventsListenerProps {
  readonly platform: Platform;
  /** Those that a model listens to. */
  readonly sources: readonly EventSource[];
  /**
   * Do alerts of other clusters start runs?
   * @default false
   */
  readonly remoteAlerts?: boolean;
}

/**
 * Where forges, other clusters and others deliver what starts runs: a listener of its own, so that whoever reaches it,
 * from outside of the cluster too, has no way to the Triggers of its own alerts.
 */
export class EventsListener extends DriftloopChart {
  constructor(
    scope: Construct,
    capability: string,
    { platform, sources, remoteAlerts = false }: EventsListenerProps,
  ) {
    super(scope, capability, { namespace: platform.namespaces.toolings });
    const { exposure } = platform;
    const strangers = sources.filter(({ namespace }) => namespace === undefined);
    const paths = [
      ...strangers.map(({ name }) => ({ name, path: eventsPath(name) })),
      ...(remoteAlerts ? [remoteAlertsPath] : []),
    ];
    const callers = [
      ...sources.flatMap(({ namespace }) => namespace ?? []),
      ...(exposure !== undefined && paths.length > 0 ? [exposure.namespace] : []),
    ];
    addListener(this, {
      platform,
      name: eventsListenerName,
      // Forges do not know the cluster's authority.
      certified: false,
      callers: [...new Set(callers)].sort(),
      monitoring: platform.namespaces.monitoring,
    });
    if (exposure === undefined || paths.length === 0) return;
    exposeService(this, exposure, {
      name: eventsListenerName,
      service: listenerService(eventsListenerName),
      port: listenerPort,
      paths,
    });
  }
}

/** Sender's names have no dot, so none is called like this. */
const remoteAlertsPath = { name: 'alerts.remote', path: alertsPath };
