import { z } from 'zod';
import { checkDnsSubdomain } from '../../values/names.js';
import type { ValueCheck, ValueFault } from '../../values/fault.js';
import { checkDnsLabel, checkLabelValue, checkPlainText } from '../../values/names.js';
import { text } from '../../schema/texts.js';

/** What the course's exercises leave to be replaced, with or without brackets. */
const placeholder = /<?(USER_NAME|CLUSTER_DOMAIN|GIT_SERVER|PASSWORD)>?/;

const replacements: Readonly<Record<string, string>> = {
  USER_NAME: 'your user name, such as `user1`',
  CLUSTER_DOMAIN: 'the domain of your cluster, such as `apps.cluster.example.com`',
  GIT_SERVER: 'the host of your Git server, such as `gitea.apps.cluster.example.com`',
  PASSWORD: 'the name of a Secret; a password does not belong into Git',
};

/** A text of the course, which may still be the exercise's placeholder. */
function courseText(check: ValueCheck): z.ZodString {
  return text((value) => checkPlaceholder(value) ?? check(value), 'CONFIG_VALUE');
}

function checkPlaceholder(value: string): ValueFault | undefined {
  const found = placeholder.exec(value)?.[1];
  if (found === undefined) return undefined;
  return {
    message: `still holds the course's placeholder \`${found}\``,
    hint: `Put in ${replacements[found] ?? 'your own value'}.`,
  };
}

const hostWithPort: ValueCheck = (value) => {
  const host = /^([^:/]+)(?::\d{1,5})?$/.exec(value)?.[1];
  if (host !== undefined && checkDnsSubdomain(host) === undefined) return undefined;
  const inside = /^[a-z]+:\/\/([^/]+)/.exec(value)?.[1];
  const hint =
    inside === undefined ? 'For example `gitea.apps.cluster.example.com`.' : `Did you mean \`${inside}\`?`;
  return { message: 'is not the name of a host', hint };
};

const registryPath: ValueCheck = (value) =>
  /^[a-z0-9][-a-z0-9._]*(\/[a-z0-9][-a-z0-9._]*)*$/.test(value)
    ? undefined
    : { message: 'is no part of the name of an image', hint: 'For example `user1-test`.' };

export const label = (limit: number) => courseText(checkDnsLabel(limit));
export const host = courseText(hostWithPort);
export const domain = courseText(checkDnsSubdomain);
export const version = courseText(checkLabelValue);
export const namespacePath = courseText(registryPath);
export const anyText = courseText(checkPlainText);

/** How YAML 1.1, which Helm reads, and people write true and false; with quotes or without. */
const flags: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, on: true },
  ...{ false: false, no: false, off: false },
};

export const flag = z.preprocess(
  (value) => (typeof value === 'string' ? (flags[value.toLowerCase()] ?? value) : value),
  z.boolean(),
);

export const percent = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
  z.int().min(0).max(100),
);
