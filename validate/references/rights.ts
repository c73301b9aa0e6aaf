import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, listAt, textAt, textsAt } from '../fields.js';
import { listHandedObjects } from '../handed-objects.js';
import { reportProblem } from '../report.js';
import { allTemplates, runsOf } from '../tekton.js';
import { findTriggers } from '../triggers/listeners.js';
import { findTemplate } from '../triggers/resource-templates.js';
import { findBindings } from './binding-index.js';

/** Accounts and Roles that are named exist, and the listener may do what it must. */
export function checkRights(cluster: Cluster): readonly Problem[] {
  return [
    ...checkBindings(cluster),
    ...checkAccounts(cluster),
    ...cluster.visible(kinds.eventListener).flatMap((listener) => checkListener(cluster, listener)),
  ];
}

function checkBindings(cluster: Cluster): readonly Problem[] {
  const bindings = [...cluster.ofKind(kinds.roleBinding), ...cluster.ofKind(kinds.clusterRoleBinding)];
  const inhabited = new Set(
    cluster.visible(kinds.serviceAccount).map(({ object }) => object.metadata.namespace),
  );
  return bindings.flatMap((binding) => {
    const problems: Problem[] = [];
    if (findRole(cluster, binding) === undefined && !isBuiltIn(binding)) {
      const name = textAt(binding.object, 'roleRef', 'name') ?? '';
      const message = `there is no ${textAt(binding.object, 'roleRef', 'kind') ?? 'Role'} "${name}".`;
      problems.push(reportProblem(binding, 'REFERENCE_ROLE', { path: 'roleRef.name', message }));
    }
    listAt(binding.object, 'subjects').forEach((subject, index) => {
      if (textAt(subject, 'kind') !== 'ServiceAccount') return;
      const [namespace, name] = [textAt(subject, 'namespace') ?? '', textAt(subject, 'name') ?? ''];
      // Kubernetes' own roles are given to programs of others, too, whose namespaces are not ours to render.
      if (isBuiltIn(binding) && !inhabited.has(namespace)) return;
      problems.push(...missingAccount(cluster, binding, `subjects[${index}]`, namespace, name));
    });
    return problems;
  });
}

/** Kubernetes' own ClusterRoles need no manifest. */
function isBuiltIn(binding: Manifest): boolean {
  const name = textAt(binding.object, 'roleRef', 'name') ?? '';
  return (
    textAt(binding.object, 'roleRef', 'kind') === 'ClusterRole' &&
    ['view', 'edit', 'admin', 'cluster-admin'].includes(name)
  );
}

function checkAccounts(cluster: Cluster): readonly Problem[] {
  const listeners = cluster.ofKind(kinds.eventListener).flatMap((listener) => {
    const name = textAt(listener.object, 'spec', 'serviceAccountName');
    const namespace = listener.object.metadata.namespace ?? '';
    return name === undefined
      ? []
      : missingAccount(cluster, listener, 'spec.serviceAccountName', namespace, name);
  });
  const runs = allTemplates(cluster).flatMap((template) =>
    runsOf(template).flatMap(({ run, path }) => {
      const namespace =
        textAt(run, 'metadata', 'namespace') ?? template.manifest.object.metadata.namespace ?? '';
      const spec = fieldAt(run, 'spec');
      const names = [
        textAt(spec, 'taskRunTemplate', 'serviceAccountName'),
        ...listAt(spec, 'taskRunSpecs').map((one) => textAt(one, 'serviceAccountName')),
      ].filter((name) => name !== undefined);
      return names.flatMap((name) =>
        missingAccount(cluster, template.manifest, `${path}.spec`, namespace, name),
      );
    }),
  );
  const handed = cluster.manifests.flatMap(listHandedObjects);
  const workloads = [...cluster.manifests, ...handed].flatMap((manifest) =>
    podPaths.flatMap((path) => {
      const name = textAt(manifest.object, ...path, 'serviceAccountName');
      const namespace = manifest.object.metadata.namespace ?? '';
      return name === undefined
        ? []
        : missingAccount(cluster, manifest, `${path.join('.')}.serviceAccountName`, namespace, name);
    }),
  );
  return [...listeners, ...runs, ...workloads];
}

/** Where objects describe Pods: workloads, and the components of InferenceServices. */
const podPaths = [
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['spec', 'predictor'],
  ['spec', 'transformer'],
] as const;

function missingAccount(
  cluster: Cluster,
  manifest: Manifest,
  path: string,
  namespace: string,
  name: string,
): readonly Problem[] {
  // Each namespace has an account of this name; validate/security.ts says what is wrong with it.
  if (name === 'default' || cluster.find(kinds.serviceAccount, namespace, name) !== undefined) return [];
  return [
    reportProblem(manifest, 'REFERENCE_ACCOUNT', {
      path,
      message: `there is no ServiceAccount "${name}" in namespace ${namespace}.`,
    }),
  ];
}

/** What the listener lists before it takes any request, used or not. */
const watched = {
  namespaced: ['eventlisteners', 'interceptors', 'triggerbindings', 'triggers', 'triggertemplates'],
  cluster: ['clusterinterceptors', 'clustertriggerbindings'],
} as const;

/** What the listener itself needs, and what the Triggers that are judged need of it. */
function checkListener(cluster: Cluster, listener: Manifest): readonly Problem[] {
  const triggers = findTriggers(cluster, listener).filter(({ manifest }) => cluster.judges(manifest));
  const isJudged = cluster.judges(listener);
  if (!isJudged && triggers.length === 0) return [];
  const namespace = listener.object.metadata.namespace ?? '';
  const account = textAt(listener.object, 'spec', 'serviceAccountName') ?? 'default';
  const rights = rightsOf(cluster, namespace, account);
  const report = (message: string, hint: string): Problem =>
    reportProblem(listener, 'REFERENCE_LISTENER_RIGHTS', { path: 'spec.serviceAccountName', message, hint });
  const unwatched = [
    ...watched.namespaced.map((resource) => ({ resource, where: namespace })),
    ...watched.cluster.map((resource) => ({ resource, where: undefined })),
  ].filter(({ resource, where }) =>
    ['list', 'watch'].some(
      (verb) => !allows(rights, { group: 'triggers.tekton.dev', resource, verb }, where),
    ),
  );
  const targets = new Set(
    triggers.flatMap((trigger) => {
      const template = findTemplate(cluster, trigger);
      if (template === undefined) return [];
      return runsOf(template).map(({ run }) => textAt(run, 'metadata', 'namespace') ?? trigger.namespace);
    }),
  );
  const create = { group: 'tekton.dev', resource: 'pipelineruns', verb: 'create' };
  return [
    ...(unwatched.length === 0 || !isJudged
      ? []
      : [
          report(
            `account "${account}" may not list and watch ${unwatched.map(({ resource }) => resource).join(', ')}.`,
            'Without them the listener does not start.',
          ),
        ]),
    ...[...targets]
      .filter((target) => !allows(rights, create, target))
      .map((target) =>
        report(
          `account "${account}" may not create PipelineRuns in namespace ${target}.`,
          'The listener would answer 202 and create nothing.',
        ),
      ),
  ];
}

interface Right {
  /** undefined: the whole cluster. */
  readonly namespace: string | undefined;
  readonly rule: unknown;
}

interface Wanted {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
}

/** What an account may do. */
export function rightsOf(cluster: Cluster, namespace: string, account: string): readonly Right[] {
  return findBindings(cluster, `${namespace}/${account}`).flatMap((binding) => {
    const where = binding.object.kind === 'RoleBinding' ? binding.object.metadata.namespace : undefined;
    return listAt(findRole(cluster, binding)?.object, 'rules').map((rule) => ({ namespace: where, rule }));
  });
}

/** In a namespace, or in the whole cluster. */
export function allows(rights: readonly Right[], wanted: Wanted, namespace: string | undefined): boolean {
  const includes = (rule: unknown, key: string, value: string): boolean => {
    const values = textsAt(rule, key);
    return values.includes(value) || values.includes('*');
  };
  return rights.some(
    ({ namespace: where, rule }) =>
      (where === undefined || where === namespace) &&
      fieldAt(rule, 'resourceNames') === undefined &&
      includes(rule, 'apiGroups', wanted.group) &&
      includes(rule, 'resources', wanted.resource) &&
      includes(rule, 'verbs', wanted.verb),
  );
}

function findRole(cluster: Cluster, binding: Manifest): Manifest | undefined {
  const name = textAt(binding.object, 'roleRef', 'name') ?? '';
  return textAt(binding.object, 'roleRef', 'kind') === 'ClusterRole'
    ? cluster.find(kinds.clusterRole, undefined, name)
    : cluster.find(kinds.role, binding.object.metadata.namespace, name);
}
