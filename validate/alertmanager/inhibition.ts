import type { Manifest } from '../../synth/manifest.js';
import { listAt, textsAt } from '../fields.js';
import { matches, readMatcher } from './matchers.js';
import type { AlertLabels, Matcher } from './matchers.js';

/** While an alert that fits the source fires, alerts that fit the target and are equal to it are not sent. */
export interface InhibitRule {
  readonly config: Manifest;
  /** Path in the AlertmanagerConfig: `spec.inhibitRules[0]`. */
  readonly path: string;
  /** The operator's forced namespace matchers included. */
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
}

export function readInhibitRules(configs: readonly Manifest[]): readonly InhibitRule[] {
  return configs.flatMap((config) => {
    const forced: Matcher = {
      label: 'namespace',
      operator: '=',
      value: config.object.metadata.namespace ?? '',
    };
    return listAt(config.object, 'spec', 'inhibitRules').map((rule, index) => ({
      config,
      path: `spec.inhibitRules[${index}]`,
      source: [forced, ...listAt(rule, 'sourceMatch').map(readMatcher)],
      target: [forced, ...listAt(rule, 'targetMatch').map(readMatcher)],
      equal: textsAt(rule, 'equal'),
    }));
  });
}

/** Can a rule keep an alert with these labels from being sent at all? */
export function canInhibit({ target }: InhibitRule, labels: AlertLabels): boolean {
  return target.every((matcher) => matches(matcher, labels));
}
