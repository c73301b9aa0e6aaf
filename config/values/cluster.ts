import type { ValueFault } from './fault.js';
import { looksSecret } from './secret-text.js';

/** The API server of a cluster, as Argo CD knows it. A project takes it for a pattern, so nothing in it may be one. */
export function checkServer(text: string): ValueFault | undefined {
  if (looksSecret(text)) {
    const message = 'contains credentials; everybody who reads the repository would have them';
    return { message, secret: true, hint: 'Leave them out; Argo CD keeps the credentials of clusters.' };
  }
  return /^https:\/\/(?:[a-z0-9][-a-z0-9.]*|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:\/[-\w.~/]*)?$/i.test(text)
    ? undefined
    : {
        message: 'is not the address of an API server',
        hint: 'For example `https://api.eu.example.com:6443`.',
      };
}

/** The name that Argo CD has for a cluster, often that of a context; no pattern, as above. */
export function checkClusterName(text: string): ValueFault | undefined {
  return /^[A-Za-z0-9][-\w.:/@]{0,252}$/.test(text)
    ? undefined
    : {
        message: 'is not the name of a cluster: letters, digits and `-_.:/@`',
        hint: '`argocd cluster list` prints the names.',
      };
}
