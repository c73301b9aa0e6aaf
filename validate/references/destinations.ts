import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, textAt } from '../fields.js';
import { reportProblem } from '../report.js';

/** How an Application names its cluster, or why it names none. */
export type Destination =
  { readonly key: 'server' | 'name'; readonly value: string } | { readonly fault: string };

export function readDestination({ object }: Manifest): Destination {
  const server = textAt(object, 'spec', 'destination', 'server') ?? '';
  const name = textAt(object, 'spec', 'destination', 'name') ?? '';
  if (server !== '' && name !== '') return { fault: 'a cluster is named by its server and by its name.' };
  if (server === '' && name === '') return { fault: 'no cluster is named.' };
  return server === '' ? { key: 'name', value: name } : { key: 'server', value: server };
}

/** undefined: a Helm chart's objects are rendered by Argo CD, from a repository of others. */
export function folderOf({ object }: Manifest): string | undefined {
  if (fieldAt(object, 'spec', 'source', 'helm') !== undefined) return undefined;
  return (textAt(object, ...sourcePath(object), 'path') ?? '').replace(/\/$/, '');
}

/** Where an Application says what it applies: what Argo CD copies elsewhere before stands in a field of its own. */
export function sourcePath(object: Manifest['object']): readonly string[] {
  return fieldAt(object, 'spec', 'sourceHydrator') === undefined
    ? ['spec', 'source']
    : ['spec', 'sourceHydrator', 'drySource'];
}

/** What is rendered for one cluster is applied to one, and to another than what is rendered for the others. */
export function checkDestinations(cluster: Cluster): readonly Problem[] {
  const destinations = new Map<string, string>();
  const users = new Map<string, string>();
  return cluster.ofKind(kinds.application).flatMap((application) => {
    const report = (message: string): Problem =>
      reportProblem(application, 'REFERENCE_APPLICATION', { path: 'spec.destination', message });
    const found = readDestination(application);
    if ('fault' in found) return [report(found.fault)];
    const folder = folderOf(application);
    const [first] = folder === undefined ? [] : cluster.inFolder(folder);
    if (first === undefined) return [];
    const key = `${found.key} ${found.value}`;
    const { cluster: user = '' } = first.unit;
    const destination = destinations.get(user) ?? key;
    const other = users.get(key) ?? user;
    destinations.set(user, destination);
    users.set(key, other);
    if (destination === key && other === user) return [];
    return [report(`folder "${folder ?? ''}" is for another cluster than ${key}.`)];
  });
}
