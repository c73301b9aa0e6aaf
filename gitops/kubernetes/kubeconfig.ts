import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { isNativeError } from 'node:util/types';
import { parse } from 'yaml';
import type { Checked, Problem } from '../../problems/problem.js';
import { kubeconfigFile } from './kubeconfig-schema.js';
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.js';

/** A cluster and who asks it, as a context of a kubeconfig joins them. */
export interface KubeContext {
  readonly name: string;
  readonly cluster: ClusterEntry;
  /** What the paths of the cluster are relative to. */
  readonly clusterFolder: string;
  readonly user: UserEntry;
  readonly userFolder: string;
  /** undefined: the context names none. */
  readonly namespace?: string | undefined;
}

export interface KubeconfigRequest {
  /** Holds KUBECONFIG, a list of files. */
  readonly environment: NodeJS.ProcessEnv;
  /** What relative paths of KUBECONFIG are relative to. */
  readonly directory: string;
  /** Default: the current one. */
  readonly context?: string | undefined;
}

type Named<T> = ReadonlyMap<string, { readonly value: T; readonly folder: string }>;

/** All files of a kubeconfig; where two say something of one name, the first counts, as kubectl has it. */
interface Kubeconfig {
  readonly current: string | undefined;
  readonly clusters: Named<ClusterEntry>;
  readonly users: Named<UserEntry>;
  readonly contexts: Named<{
    readonly cluster: string;
    readonly user: string;
    readonly namespace?: string | undefined;
  }>;
}

/** Files of KUBECONFIG, else the one kubectl takes; those that do not exist are left out. */
export function kubeconfigFiles({ environment, directory }: KubeconfigRequest): readonly string[] {
  const listed = (environment.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '');
  const files =
    listed.length > 0
      ? listed.map((path) => resolve(directory, path))
      : [join(environment.HOME ?? homedir(), '.kube', 'config')];
  return files.filter((file) => existsSync(file));
}

/** The context to use. Problems show no line of the file: secrets may stand there. */
export function readKubeContext(request: KubeconfigRequest): Checked<KubeContext> {
  const files = kubeconfigFiles(request);
  if (files.length === 0)
    return refuse('there is no kubeconfig', 'Name one in KUBECONFIG, or put it where kubectl looks for it.');
  const read = files.map(readFile);
  const problems = read.flatMap((each) => each.problems);
  if (problems.length > 0) return { value: undefined, problems };
  return choose(merge(read.flatMap(({ value }) => value ?? [])), request.context, files);
}

function choose(
  { current, clusters, users, contexts }: Kubeconfig,
  wanted: string | undefined,
  files: readonly string[],
): Checked<KubeContext> {
  const where = files.join(', ');
  const name = wanted ?? current;
  if (name === undefined || name === '')
    return refuse(`${where} has no current-context`, 'Choose one with --context.');
  const context = contexts.get(name)?.value;
  if (context === undefined) {
    const known = [...contexts.keys()].join(', ');
    return refuse(`${where} has no context "${name}"`, `There are: ${known === '' ? 'none' : known}.`);
  }
  const cluster = clusters.get(context.cluster);
  if (cluster === undefined)
    return refuse(`context "${name}" names cluster "${context.cluster}", which ${where} does not have`);
  const user = users.get(context.user);
  if (user === undefined && context.user !== '')
    return refuse(`context "${name}" names user "${context.user}", which ${where} does not have`);
  const value: KubeContext = {
    name,
    cluster: cluster.value,
    clusterFolder: cluster.folder,
    user: user?.value ?? {},
    userFolder: user?.folder ?? '',
    namespace: context.namespace,
  };
  return { value, problems: [] };
}

function readFile(path: string): Checked<Kubeconfig> {
  let data: unknown;
  try {
    data = parse(readFileSync(path, 'utf8'), { logLevel: 'error' });
  } catch (error) {
    // The parser quotes the line it fails at.
    const reason = isNativeError(error) && 'syscall' in error ? error.message : 'it is no YAML';
    return refuse(`${path} cannot be read: ${reason}`);
  }
  const parsed = kubeconfigFile.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(`${path} is no kubeconfig: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
  }
  const folder = dirname(path);
  const { clusters, users, contexts, 'current-context': current } = parsed.data;
  const value: Kubeconfig = {
    current: current ?? undefined,
    clusters: nameAll(clusters, ({ cluster }) => cluster, folder),
    users: nameAll(users, ({ user }) => user ?? {}, folder),
    contexts: nameAll(contexts, ({ context }) => context, folder),
  };
  return { value, problems: [] };
}

function nameAll<E extends { readonly name: string }, T>(
  entries: readonly E[] | null | undefined,
  pick: (entry: E) => T,
  folder: string,
): Named<T> {
  // The first of a name counts, so it is set last.
  return new Map(
    [...(entries ?? [])].reverse().map((entry) => [entry.name, { value: pick(entry), folder }] as const),
  );
}

function merge(files: readonly Kubeconfig[]): Kubeconfig {
  const last = [...files].reverse();
  return {
    current: files.find(({ current }) => (current ?? '') !== '')?.current,
    clusters: new Map(last.flatMap(({ clusters }) => [...clusters])),
    users: new Map(last.flatMap(({ users }) => [...users])),
    contexts: new Map(last.flatMap(({ contexts }) => [...contexts])),
  };
}

function refuse(message: string, hint = 'Correct it, or name another one in KUBECONFIG.') {
  const problem: Problem = { code: 'GITOPS_KUBECONFIG', severity: 'error', message, hint };
  return { value: undefined, problems: [problem] };
}
