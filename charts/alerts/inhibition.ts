import type { Detector } from '../../config/model.js';
import {
  AlertmanagerConfigSpecInhibitRulesSourceMatchMatchType as SourceMatchType,
  AlertmanagerConfigSpecInhibitRulesTargetMatchMatchType as TargetMatchType,
} from '../../imports/monitoring.coreos.com.js';
import type { AlertmanagerConfigSpecInhibitRules } from '../../imports/monitoring.coreos.com.js';
import { alertLabels, alertNames } from '../contract.js';
import type { ModelInEnvironment } from '../model-in-environment.js';

/**
 * Which alerts for people are not sent while another one explains them. A target is always an alert for people, so
 * that nothing here can keep a run from starting; the operator limits source and target to the namespace.
 */
export function planInhibition(context: ModelInEnvironment): AlertmanagerConfigSpecInhibitRules[] {
  const violation = { alertname: alertNames.notify };
  const { missingMetric, critical } = context.platform.inhibition;
  const notifying = context.deployment.detectors.filter(({ actions }) => actions.includes('notify'));
  const rules = [
    // Held by keep_firing_for, a violation outlives the metric that showed it.
    ...(missingMetric && notifying.length > 0
      ? [
          {
            source: { alertname: alertNames.metricMissing },
            target: violation,
            equal: [alertLabels.detector],
          },
        ]
      : []),
    ...(critical && hasBothSeverities(notifying)
      ? [
          {
            source: { ...violation, [alertLabels.severity]: 'critical' },
            target: { ...violation, [alertLabels.severity]: 'warning' },
            equal: [alertLabels.category],
          },
        ]
      : []),
  ];
  const subject = {
    [alertLabels.model]: context.model.name,
    [alertLabels.environment]: context.deployment.environment.name,
  };
  return rules.map(({ source, target, equal }) => ({
    sourceMatch: match({ ...subject, ...source }, SourceMatchType.VALUE_EQUALS),
    targetMatch: match(
      { ...subject, ...target, [alertLabels.action]: 'notify' },
      TargetMatchType.VALUE_EQUALS,
    ),
    equal,
  }));
}

/** Of one category: what is critical for the service says nothing about drift. */
function hasBothSeverities(notifying: readonly Detector[]): boolean {
  return notifying.some(
    ({ severity, category }) =>
      severity === 'critical' &&
      notifying.some((other) => other.severity === 'warning' && other.category === category),
  );
}

function match<Type>(labels: Readonly<Record<string, string>>, matchType: Type) {
  return Object.entries(labels).map(([name, value]) => ({ name, matchType, value }));
}
