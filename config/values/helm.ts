import type { ValueFault } from './fault.js';
import { looksSecret } from './secret-text.js';

/** An address without credentials; the other keys of a chart say whether it is Git's or Helm's. */
export function checkChartRepository(text: string): ValueFault | undefined {
  if (looksSecret(text)) {
    const message = 'contains credentials; everybody who reads the repository would have them';
    return { message, secret: true, hint: 'Leave them out; Argo CD keeps the credentials of repositories.' };
  }
  return /^[!-~]{1,500}$/.test(text)
    ? undefined
    : { message: 'is not the address of a repository', hint: 'For example `https://charts.example.com`.' };
}

/** `https://host/path`, or what Argo CD takes for an OCI registry: `host/path`. */
export function checkHelmRepository(text: string): ValueFault | undefined {
  if (text.startsWith('oci://')) {
    const hint = `Argo CD knows OCI registries by their address alone: \`${text.slice('oci://'.length)}\`.`;
    return { message: 'has a scheme that Argo CD does not take for a Helm repository', hint };
  }
  const plain = /^(?:https?:\/\/)?[a-z0-9][-a-z0-9.]*(?::\d{1,5})?(?:\/[-\w.~]+)*\/?$/i;
  return plain.test(text)
    ? undefined
    : {
        message: 'is not the address of a Helm repository',
        hint: 'For example `https://charts.example.com`.',
      };
}

/** A revision as Git and Helm spell them; whether it is pinned is another question. */
export function checkRevision(text: string): ValueFault | undefined {
  return /^[-\w./+]{1,200}$/.test(text) && !text.startsWith('-') && !text.includes('..')
    ? undefined
    : { message: 'is not a revision', hint: 'Name a tag, a commit, or the version of the chart.' };
}

/** What a commit is, or what nearly always is a tag; `refs/tags/<name>` says that it is one. */
export function isPinnedRevision(revision: string): boolean {
  return (
    /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision) ||
    revision.startsWith('refs/tags/') ||
    /^(?:[-\w.]+[-/])?v?\d+(?:\.\d+)+(?:[-+.][-\w.+]*)?$/.test(revision)
  );
}

/** Exactly one version, not a range of them: `18.1.0`, `1.2.3-rc.1`. */
export function isPinnedVersion(version: string): boolean {
  return /^v?\d+\.\d+\.\d+(?:[-+][-\w.+]*)?$/.test(version);
}

/** `apps/Deployment`, or `/Secret` of the core group. */
export function checkGroupKind(text: string): ValueFault | undefined {
  if (/^(?:[a-z0-9][-a-z0-9.]*)?\/[A-Z][A-Za-z0-9]*$/.test(text)) return undefined;
  const hint = 'For example `serving.kserve.io/InferenceService`, or `/Secret` of the core group.';
  return { message: 'is not a kind with its group', hint };
}

/** Name of a chart in a repository. */
export function checkChartName(text: string): ValueFault | undefined {
  return /^[a-z0-9][-a-z0-9_.]*(?:\/[-a-z0-9_.]+)*$/i.test(text)
    ? undefined
    : { message: 'is not the name of a chart', hint: 'For example `redis`.' };
}

/** A user, group or service account, as Kubernetes knows it. */
export function checkSubject(text: string): ValueFault | undefined {
  return /^[^\s\p{C}]+(?: [^\s\p{C}]+)*$/u.test(text) && text.length <= 253
    ? undefined
    : { message: 'is not the name of a user or group', hint: 'For example `alice@example.com`.' };
}
