import type { Manifest } from '../../synth/manifest.js';
import { kindOf, kinds } from '../cluster.js';
import { listAt, textAt, textMapAt } from '../fields.js';

/** A recording or alerting rule of a PrometheusRule, as far as it can be read. */
export interface ReadRule {
  readonly manifest: Manifest;
  /** `spec.groups[0].rules[3]` */
  readonly path: string;
  readonly alert: string | undefined;
  readonly record: string | undefined;
  readonly expression: string;
  /** Those of the group included. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly durations: Readonly<Record<string, string>>;
}

export function readRules(manifests: readonly Manifest[]): readonly ReadRule[] {
  return manifests
    .filter(({ object }) => kindOf(object) === kinds.prometheusRule)
    .flatMap((manifest) =>
      listAt(manifest.object, 'spec', 'groups').flatMap((group, groupIndex) =>
        listAt(group, 'rules').map((rule, index) =>
          readRule(manifest, `spec.groups[${groupIndex}].rules[${index}]`, group, rule),
        ),
      ),
    );
}

function readRule(manifest: Manifest, path: string, group: unknown, rule: unknown): ReadRule {
  return {
    manifest,
    path,
    alert: textAt(rule, 'alert'),
    record: textAt(rule, 'record'),
    expression: textAt(rule, 'expr') ?? '',
    labels: { ...textMapAt(group, 'labels'), ...textMapAt(rule, 'labels') },
    annotations: textMapAt(rule, 'annotations'),
    durations: Object.fromEntries(
      ['for', 'keep_firing_for'].flatMap((key) => {
        const text = textAt(rule, key);
        return text === undefined ? [] : [[key, text]];
      }),
    ),
  };
}
