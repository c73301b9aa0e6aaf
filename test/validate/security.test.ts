import type { Manifest } from '../../synth/manifest.js';
import { validateSecurity } from '../../validate/security.js';
import { isPinned } from '../../validate/security/contents.js';
import { goodManifests, names, manyManifests, mutate, withObject } from './good-manifests.js';
import type { Changes } from './good-manifests.js';
import { codesOf, summarize } from './problems.js';

const { trigger } = names;
const run = 'spec.template.spec.resourcetemplates[0]';
const namespaced = { name: 'x', namespace: 'mlops-test' };

function task(changes: Changes): readonly Manifest[] {
  return mutate('Task', 'driftloop-admit', changes);
}

describe('security', () => {
  test('what the charts render is fine', () => {
    expect(validateSecurity(goodManifests)).toEqual([]);
    expect(validateSecurity(manyManifests)).toEqual([]);
  });

  test.each<[string, string, readonly Manifest[]]>([
    ['a script', 'SECURITY_SCRIPT', task({ 'spec.steps[0].script': '#!/bin/sh\ntrue' })],
    [
      'a script with a param in it',
      'SECURITY_SCRIPT',
      task({ 'spec.steps[0].script': 'echo $(params.model)' }),
    ],
    [
      'a shell that is handed a param',
      'SECURITY_SCRIPT',
      task({ 'spec.steps[0].command': ['/bin/bash', '-ec', 'echo $(params.model)'] }),
    ],
    [
      'a shell that is handed a result',
      'SECURITY_SCRIPT',
      task({ 'spec.steps[0].command': ['sh'], 'spec.steps[0].args': ['-c', 'echo "$(tasks.a.results.b)"'] }),
    ],
    [
      'a script in a task of a Pipeline',
      'SECURITY_SCRIPT',
      mutate('Pipeline', names.pipeline, { 'spec.tasks[2].taskSpec.steps[0].script': 'x' }),
    ],
    [
      'a step that may gain privileges',
      'SECURITY_POD',
      task({ 'spec.steps[0].securityContext.allowPrivilegeEscalation': true }),
    ],
    [
      'a step that says nothing about them',
      'SECURITY_POD',
      task({ 'spec.steps[0].securityContext': undefined }),
    ],
    [
      'a step that keeps capabilities',
      'SECURITY_POD',
      task({ 'spec.steps[0].securityContext.capabilities': { drop: ['NET_RAW'] } }),
    ],
    ['a privileged step', 'SECURITY_POD', task({ 'spec.steps[0].securityContext.privileged': true })],
    [
      'a privileged sidecar',
      'SECURITY_POD',
      task({ 'spec.sidecars': [{ name: 's', image: 'a:1', securityContext: { privileged: true } }] }),
    ],
    [
      'a Task with a folder of the node',
      'SECURITY_POD',
      task({ 'spec.volumes': [{ name: 'v', hostPath: { path: '/' } }] }),
    ],
    [
      'a run on the network of the node',
      'SECURITY_POD',
      mutate('Trigger', trigger, { [`${run}.spec.taskRunTemplate.podTemplate.hostNetwork`]: true }),
    ],
    [
      'a Deployment as root',
      'SECURITY_POD',
      mutate('Deployment', 'jukebox', { 'spec.template.spec.securityContext.runAsUser': 0 }),
    ],
    [
      'a Deployment without profile',
      'SECURITY_POD',
      mutate('Deployment', 'jukebox', {
        'spec.template.spec.securityContext': {},
        'spec.template.spec.containers[0].securityContext.seccompProfile': undefined,
      }),
    ],
    [
      'a Deployment that may run as root',
      'SECURITY_POD',
      mutate('Deployment', 'jukebox', {
        'spec.template.spec.securityContext.runAsNonRoot': false,
        'spec.template.spec.containers[0].securityContext.runAsNonRoot': false,
      }),
    ],
    [
      'a port of the node',
      'SECURITY_POD',
      mutate('Deployment', 'jukebox', {
        'spec.template.spec.containers[0].ports': [{ containerPort: 80, hostPort: 80 }],
      }),
    ],
    [
      'an added capability',
      'SECURITY_POD',
      mutate('Deployment', 'jukebox', {
        'spec.template.spec.containers[0].securityContext.capabilities.add': ['SYS_ADMIN'],
      }),
    ],
    [
      'processes of the node',
      'SECURITY_POD',
      mutate('Deployment', 'jukebox', { 'spec.template.spec.hostPID': true }),
    ],
    [
      'a listener with a privileged container',
      'SECURITY_POD',
      mutate('EventListener', 'driftloop', {
        'spec.resources.kubernetesResource.spec.template.spec.containers[0].securityContext.privileged': true,
      }),
    ],
    [
      'a CronJob without security context',
      'SECURITY_POD',
      withObject({
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: namespaced,
        spec: {
          jobTemplate: { spec: { template: { spec: { containers: [{ name: 'c', image: 'a:1' }] } } } },
        },
      }),
    ],
    [
      'a token of the account that everybody has',
      'SECURITY_ACCOUNT',
      mutate('Deployment', 'jukebox', {
        'spec.template.spec.automountServiceAccountToken': true,
        'spec.template.spec.serviceAccountName': undefined,
      }),
    ],
    [
      'a listener that runs as default',
      'SECURITY_ACCOUNT',
      mutate('EventListener', 'driftloop', { 'spec.serviceAccountName': undefined }),
    ],
    [
      'a run that runs as default',
      'SECURITY_ACCOUNT',
      mutate('Trigger', trigger, { [`${run}.spec.taskRunTemplate.serviceAccountName`]: 'default' }),
    ],
    [
      'rights of the account that everybody has',
      'SECURITY_ACCOUNT',
      mutate('RoleBinding', 'driftloop', { 'subjects[0].name': 'default' }),
    ],
    [
      'rights of everybody',
      'SECURITY_ACCOUNT',
      mutate('ClusterRoleBinding', 'driftloop-mlops-listener', {
        'subjects[0]': { kind: 'Group', name: 'system:authenticated' },
      }),
    ],
    ['any verb', 'SECURITY_RIGHTS', mutate('Role', 'driftloop', { 'rules[1].verbs': ['*'] })],
    ['any resource', 'SECURITY_RIGHTS', mutate('Role', 'driftloop', { 'rules[1].resources': ['*'] })],
    [
      'any subresource',
      'SECURITY_RIGHTS',
      mutate('Role', 'driftloop', { 'rules[1].resources': ['pipelineruns/*'] }),
    ],
    ['any group', 'SECURITY_RIGHTS', mutate('Role', 'driftloop', { 'rules[1].apiGroups': ['*'] })],
    [
      'every Secret',
      'SECURITY_RIGHTS',
      mutate('Role', 'driftloop', {
        'rules[1]': { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
      }),
    ],
    [
      'a list of Secrets',
      'SECURITY_RIGHTS',
      mutate('Role', 'driftloop', {
        'rules[1]': { apiGroups: [''], resources: ['secrets'], verbs: ['list'], resourceNames: ['a'] },
      }),
    ],
    [
      'everything',
      'SECURITY_RIGHTS',
      mutate('ClusterRoleBinding', 'driftloop-mlops-listener', { 'roleRef.name': 'cluster-admin' }),
    ],
    [
      'a project for any repository',
      'SECURITY_PROJECT',
      mutate('AppProject', names.project, { 'spec.sourceRepos': ['*'] }),
    ],
    [
      'a project for any namespace',
      'SECURITY_PROJECT',
      mutate('AppProject', names.project, { 'spec.destinations[0].namespace': '*' }),
    ],
    [
      'a project for any kind',
      'SECURITY_PROJECT',
      mutate('AppProject', names.project, {
        'spec.namespaceResourceWhitelist[0]': { group: '*', kind: '*' },
      }),
    ],
    [
      'a project that lets Argo CD prune runs',
      'SECURITY_PROJECT',
      mutate('AppProject', names.project, {
        'spec.namespaceResourceWhitelist[0]': { group: 'tekton.dev', kind: 'PipelineRun' },
      }),
    ],
    [
      'a Secret with text',
      'SECURITY_SECRET',
      withObject({ apiVersion: 'v1', kind: 'Secret', metadata: namespaced, stringData: { token: 'x' } }),
    ],
    [
      'a Secret with data',
      'SECURITY_SECRET',
      withObject({ apiVersion: 'v1', kind: 'Secret', metadata: namespaced, data: { token: 'eA==' } }),
    ],
    [
      'a run in Git',
      'SECURITY_RUN',
      withObject({ apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: namespaced, spec: {} }),
    ],
    [
      'an image without version',
      'SECURITY_IMAGE',
      task({ 'spec.steps[0].image': 'registry.example.com:5000/steps' }),
    ],
    [
      'the latest image',
      'SECURITY_IMAGE',
      mutate('Deployment', 'jukebox', { 'spec.template.spec.containers[0].image': 'server:latest' }),
    ],
    [
      'a filter that compares no token',
      'SECURITY_TRIGGER',
      mutate('Trigger', trigger, { 'spec.interceptors[0].params[0].value': "body.status == 'firing'" }),
    ],
    [
      'a filter whose token need not fit',
      'SECURITY_TRIGGER',
      mutate('Trigger', trigger, {
        'spec.interceptors[0].params[0].value': "body.x == 1 || 'x'.compareSecret('a', 'b')",
      }),
    ],
    ['a Trigger without filter', 'SECURITY_TRIGGER', mutate('Trigger', trigger, { 'spec.interceptors': [] })],
  ])('%s is refused', (_title, code, manifests) => {
    expect(codesOf(validateSecurity(manifests))).toContain(code);
  });

  test('what the run says counts for its steps, and what the step says counts first', () => {
    const changes = {
      'spec.steps[0].securityContext.runAsNonRoot': undefined,
      'spec.steps[0].securityContext.seccompProfile': undefined,
    };
    expect(validateSecurity(task(changes))).toEqual([]);
    const rootful = mutate('Task', 'driftloop-admit', {
      'spec.steps[0].securityContext.runAsNonRoot': false,
    });
    expect(summarize(validateSecurity(rootful))).toContain(
      `SECURITY_POD ${run}.spec.taskRunTemplate.podTemplate.securityContext: runAsNonRoot is not true for steps[0] of task "admit".`,
    );
  });

  test('a stepTemplate counts for its steps', () => {
    const context = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true };
    const changes = {
      'spec.stepTemplate': { securityContext: context },
      'spec.steps[0].securityContext': undefined,
    };
    expect(validateSecurity(task(changes))).toEqual([]);
  });

  test('a Secret by name may be read, and a Secret without content may be there', () => {
    const rule = { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['a'] };
    expect(validateSecurity(mutate('Role', 'driftloop', { 'rules[2]': rule }))).toEqual([]);
    expect(
      validateSecurity(
        withObject({ apiVersion: 'v1', kind: 'Secret', metadata: namespaced, type: 'Opaque' }),
      ),
    ).toEqual([]);
  });

  test.each([
    ['a:1', true],
    ['registry.example.com:5000/a/b:v1.2-3', true],
    [`a@sha256:${'0'.repeat(64)}`, true],
    [`a:latest@sha256:${'0'.repeat(64)}`, true],
    ['a', false],
    ['a:latest', false],
    ['registry.example.com:5000/a', false],
    ['a@sha256:12', false],
    ['', false],
  ])('image "%s" is pinned: %s', (image, expected) => {
    expect(isPinned(image)).toBe(expected);
  });
});
