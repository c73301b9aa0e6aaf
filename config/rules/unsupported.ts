import type { FeatureName } from '../catalogue/capabilities.js';
import { components } from '../catalogue/versions.js';
import type { Problem } from '../../problems/problem.js';
import type { Workspace } from '../model.js';
import { listMissing } from '../resolve/resolve-capabilities.js';
import { platformFile } from '../resolve/resolve-platform.js';
import type { Subject } from './rule.js';
import { problemAt } from './rule.js';

/** Something that needs a feature. */
export interface Need {
  readonly feature: FeatureName;
  /** The value of the feature it needs. */
  readonly value: unknown;
  /** Where it was asked for. */
  readonly subject: Subject;
  /** Begins the message: `A receiver for Microsoft Teams`. */
  readonly words: string;
  /** What else works than another version: `Or use a webhook.` */
  readonly otherwise?: string;
}

/** A feature that the stated versions would ignore or refuse; undefined when the platform has it. */
export function checkNeed(workspace: Workspace, need: Need): Problem | undefined {
  const { profile, versions } = workspace.platform;
  const missing = listMissing(need.feature, need.value, { profile, versions });
  const [first] = missing;
  if (first === undefined) return undefined;
  const wanted = missing.map(({ component, since }) => `${components[component]} ${since}`).join(' and ');
  const stated = missing
    .map(({ component }) => `\`versions.${component}\` says \`${versions[component]}\``)
    .join(' and ');
  const asked = workspace.origins.get(`${need.subject.where}:${need.subject.path}`);
  // Nobody wrote what is a default, so that the version is what can be mended.
  const subject =
    asked?.position === undefined
      ? { where: platformFile, path: `versions.${first.component}` }
      : need.subject;
  return problemAt(workspace, subject, {
    code: 'CONFIG_UNSUPPORTED',
    message: `${need.words} needs ${wanted} or newer, but ${stated}.`,
    hint: ['State the version the cluster has, or upgrade it.', need.otherwise].filter(Boolean).join(' '),
  });
}
