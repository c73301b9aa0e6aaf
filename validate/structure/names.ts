import { memoize } from '../../config/values/memoize.js';
import { closeText, joinKey, showValue } from './context.js';
import type { Context } from './context.js';

/** How the API server, or the webhook of a kind, wants names to be. */
interface NameRule {
  readonly pattern: RegExp;
  readonly limit: number;
  readonly description: string;
}

const subdomain: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  limit: 253,
  description: 'lower case letters, digits, `-` and `.`',
};

const label: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  limit: 63,
  description: 'lower case letters, digits and `-`',
};

const letterFirst: NameRule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  limit: 63,
  description: 'lower case letters, digits and `-`, a letter first',
};

const pathSegment: NameRule = {
  pattern: /^(?!\.{1,2}$)[^/%]+$/,
  limit: 253,
  description: 'anything without `/` and `%`',
};

/** Pods carry the name as a label. */
const shortSubdomain: NameRule = { ...subdomain, limit: 63 };

/** Kinds whose names are not plain DNS subdomains. */
const rules: Readonly<Record<string, NameRule>> = {
  ClusterRole: pathSegment,
  ClusterRoleBinding: pathSegment,
  // The controller appends a time to the names of its Jobs.
  CronJob: { ...subdomain, limit: 52 },
  // Its Service is called `el-<name>`.
  EventListener: { ...label, limit: 60 },
  InferenceService: letterFirst,
  Job: shortSubdomain,
  Namespace: label,
  Pipeline: shortSubdomain,
  PipelineRun: shortSubdomain,
  Role: pathSegment,
  RoleBinding: pathSegment,
  Service: letterFirst,
  Task: shortSubdomain,
  Trigger: shortSubdomain,
  TriggerBinding: shortSubdomain,
  TriggerTemplate: shortSubdomain,
};

export function checkName(kind: string, name: string, path: string, context: Context): void {
  checkAgainst(rules[kind] ?? subdomain, name, path, context);
}

/** What the API server appends its own characters to: may end in a hyphen. */
export function checkGenerateName(kind: string, prefix: string, path: string, context: Context): void {
  checkAgainst(rules[kind] ?? subdomain, `${prefix}00000`, path, context);
}

export function checkNamespaceName(name: string, path: string, context: Context): void {
  checkAgainst(label, name, path, context);
}

function checkAgainst(rule: NameRule, name: string, path: string, context: Context): void {
  const closed = closeText(context, name);
  if (closed.length <= rule.limit && rule.pattern.test(closed)) return;
  context.report('STRUCTURE_INVALID_NAME', {
    path,
    message: `${showValue(name)} is no valid name: 1 to ${rule.limit} characters, ${rule.description}, are allowed.`,
  });
}

const labelPart = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Keys and values of labels, and of selectors by labels. */
export function checkLabels(labels: Readonly<Record<string, unknown>>, path: string, context: Context): void {
  for (const [key, value] of Object.entries(labels)) {
    checkKey(key, path, context);
    if (typeof value !== 'string') continue;
    const closed = closeText(context, value);
    if (closed === '' || (closed.length <= 63 && labelPart.test(closed))) continue;
    context.report('STRUCTURE_INVALID_LABEL', {
      path: joinKey(path, key),
      message: `${showValue(value)} is no valid label value.`,
      hint: 'At most 63 letters, digits, `-`, `_` and `.`; the first and the last a letter or digit.',
    });
  }
}

const annotationsLimit = 256 * 1024;

export function checkAnnotations(
  annotations: Readonly<Record<string, unknown>>,
  path: string,
  context: Context,
): void {
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) {
    checkKey(key, path, context);
    size += key.length + (typeof value === 'string' ? Buffer.byteLength(value) : 0);
  }
  if (size <= annotationsLimit) return;
  context.report('STRUCTURE_INVALID_VALUE', {
    path,
    message: `The annotations have ${size} bytes; ${annotationsLimit} are allowed.`,
  });
}

const isKey: (key: string) => boolean = memoize((key) => {
  const slash = key.indexOf('/');
  const prefix = key.slice(0, Math.max(slash, 0));
  const name = key.slice(slash + 1);
  const isPrefixed = slash < 0 || (prefix.length <= subdomain.limit && subdomain.pattern.test(prefix));
  return isPrefixed && name.length <= 63 && labelPart.test(name);
});

function checkKey(key: string, path: string, context: Context): void {
  if (isKey(key)) return;
  context.report('STRUCTURE_INVALID_LABEL', {
    path: joinKey(path, key),
    message: `${showValue(key)} is no valid key.`,
    hint: 'An optional DNS name and `/`, then at most 63 letters, digits, `-`, `_` and `.`.',
  });
}
