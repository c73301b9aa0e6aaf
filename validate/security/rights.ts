import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { kinds } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { fieldAt, listAt, textAt, textsAt } from '../fields.js';
import { reportProblem } from '../report.js';
import { allTemplates, runsOf } from '../tekton.js';

/** Roles and projects permit what is needed by name, and nothing runs as the account that everybody has. */
export function checkRightsGiven(cluster: Cluster): readonly Problem[] {
  return [
    ...[...cluster.ofKind(kinds.role), ...cluster.ofKind(kinds.clusterRole)].flatMap(checkRole),
    ...[...cluster.ofKind(kinds.roleBinding), ...cluster.ofKind(kinds.clusterRoleBinding)].flatMap(
      checkBinding,
    ),
    ...cluster.ofKind(kinds.appProject).flatMap(checkProject),
    ...checkAccounts(cluster),
  ];
}

function checkRole(role: Manifest): readonly Problem[] {
  return listAt(role.object, 'rules').flatMap((rule, index) => {
    const wildcards = ['apiGroups', 'resources', 'verbs', 'nonResourceURLs']
      .filter((key) => textsAt(rule, key).some((value) => value.includes('*')))
      .map((key) =>
        reportProblem(role, 'SECURITY_RIGHTS', {
          path: `rules[${index}].${key}`,
          message: `${key} holds a wildcard.`,
          hint: 'Name what is needed.',
        }),
      );
    return [...wildcards, ...checkSecretAccess(role, rule, `rules[${index}]`)];
  });
}

/** With list or watch, or without names, a rule gives away every Secret of the namespace. */
function checkSecretAccess(role: Manifest, rule: unknown, path: string): readonly Problem[] {
  if (!textsAt(rule, 'resources').includes('secrets')) return [];
  const reads = textsAt(rule, 'verbs').filter((verb) => ['get', 'list', 'watch', '*'].includes(verb));
  const isByName = listAt(rule, 'resourceNames').length > 0;
  if (reads.length === 0 || (isByName && reads.every((verb) => verb === 'get'))) return [];
  return [
    reportProblem(role, 'SECURITY_RIGHTS', {
      path,
      message: `the rule lets somebody ${reads.join(', ')} every Secret${role.object.kind === 'ClusterRole' ? ' of the cluster' : ''}.`,
      hint: 'Permit get, with resourceNames.',
    }),
  ];
}

function checkBinding(binding: Manifest): readonly Problem[] {
  const problems: Problem[] = [];
  if (textAt(binding.object, 'roleRef', 'name') === 'cluster-admin') {
    const message = 'cluster-admin may do anything.';
    problems.push(reportProblem(binding, 'SECURITY_RIGHTS', { path: 'roleRef.name', message }));
  }
  listAt(binding.object, 'subjects').forEach((subject, index) => {
    const name = textAt(subject, 'name') ?? '';
    const isEverybody =
      name.startsWith('system:') || (textAt(subject, 'kind') === 'ServiceAccount' && name === 'default');
    if (!isEverybody) return;
    problems.push(
      reportProblem(binding, 'SECURITY_ACCOUNT', {
        path: `subjects[${index}]`,
        message: `"${name}" is not one program but many.`,
        hint: 'Give the rights to an account of its own.',
      }),
    );
  });
  return problems;
}

/** Runs must be out of Argo CD's reach: it would delete those it does not find in Git. */
const neverDelivered = new Set(['PipelineRun', 'TaskRun']);

function checkProject(project: Manifest): readonly Problem[] {
  const spec = fieldAt(project.object, 'spec');
  const report = (path: string, message: string): Problem =>
    reportProblem(project, 'SECURITY_PROJECT', { path: `spec.${path}`, message });
  const problems: Problem[] = [];
  if (textsAt(spec, 'sourceRepos').some((repository) => repository.includes('*'))) {
    problems.push(report('sourceRepos', 'any repository may deliver.'));
  }
  listAt(spec, 'destinations').forEach((destination, index) => {
    const isWide = ['server', 'namespace', 'name'].some(
      (key) => textAt(destination, key)?.includes('*') === true,
    );
    if (isWide) problems.push(report(`destinations[${index}]`, 'the destination holds a wildcard.'));
  });
  for (const list of ['namespaceResourceWhitelist', 'clusterResourceWhitelist'] as const) {
    listAt(spec, list).forEach((entry, index) => {
      const [group = '', kind = ''] = [textAt(entry, 'group'), textAt(entry, 'kind')];
      if (group.includes('*') || kind.includes('*'))
        problems.push(report(`${list}[${index}]`, 'the kind holds a wildcard.'));
      if (group === 'tekton.dev' && neverDelivered.has(kind)) {
        problems.push(
          report(
            `${list}[${index}]`,
            `Argo CD may delete running trainings when the project permits ${kind}.`,
          ),
        );
      }
    });
  }
  return problems;
}

function checkAccounts(cluster: Cluster): readonly Problem[] {
  const isDefault = (name: string | undefined): boolean => name === undefined || name === 'default';
  const hint = 'Name an account.';
  const listeners = cluster
    .ofKind(kinds.eventListener)
    .filter((listener) => isDefault(textAt(listener.object, 'spec', 'serviceAccountName')))
    .map((listener) =>
      reportProblem(listener, 'SECURITY_ACCOUNT', {
        path: 'spec.serviceAccountName',
        message: 'the listener runs as account "default".',
        hint,
      }),
    );
  const runs = allTemplates(cluster).flatMap((template) =>
    runsOf(template)
      .filter(({ run }) => isDefault(textAt(run, 'spec', 'taskRunTemplate', 'serviceAccountName')))
      .map(({ path }) =>
        reportProblem(template.manifest, 'SECURITY_ACCOUNT', {
          path: `${path}.spec.taskRunTemplate.serviceAccountName`,
          message: 'the run has account "default".',
          hint,
        }),
      ),
  );
  return [...listeners, ...runs];
}
