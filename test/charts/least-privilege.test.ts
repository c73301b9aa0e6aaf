import { groupOf, scopeKinds } from '../../charts/delivery/kinds.js';
import { describeObject } from '../../synth/manifest.js';
import type { KubernetesObject, RenderedUnit } from '../../synth/manifest.js';
import { eventWorkspace, exposedBy, otherExposures } from './event-fixture.js';
import { everyKindWorkspace, objectsOf, pick, render } from './workspace-fixture.js';

interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames?: string[];
  readonly verbs: string[];
}

interface Project {
  readonly sourceRepos: string[];
  readonly destinations: { readonly server: string; readonly namespace: string }[];
  readonly namespaceResourceWhitelist: { readonly group: string; readonly kind: string }[];
  readonly clusterResourceWhitelist: unknown[];
}

const units = render(everyKindWorkspace);
const { platform } = everyKindWorkspace;
const inOneSet = {
  ...everyKindWorkspace,
  platform: { ...platform, argocd: { ...platform.argocd, style: 'applicationset' as const } },
};
const eventUnits = [eventWorkspace, ...otherExposures.map(exposedBy)].flatMap((each) => render(each));
const closedUnits = render({
  ...everyKindWorkspace,
  environments: everyKindWorkspace.environments.map((environment) => ({ ...environment, callers: [] })),
});
const unitsOf = (choose: (unit: RenderedUnit) => boolean) => objectsOf(units.filter(choose));

describe('what Argo CD may apply', () => {
  test.each([
    [
      'toolings',
      objectsOf([...units, ...eventUnits].filter(({ unit }) => unit.name === 'toolings')),
      scopeKinds.toolings,
    ],
    [
      'environments',
      objectsOf([...units, ...closedUnits].filter(({ unit }) => unit.environment !== undefined)),
      scopeKinds.environment,
    ],
    [
      'applications',
      objectsOf([...units, ...render(inOneSet)].filter(({ unit }) => unit.name === 'applications')),
      scopeKinds.root,
    ],
  ])('in %s is exactly what is rendered there', (_, objects, kinds) => {
    const rendered = new Set(objects.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`));
    expect([...rendered].sort()).toEqual(kinds.map(({ group, kind }) => `${group}/${kind}`).sort());
  });

  test('is limited to one repository, one namespace, and nothing cluster-wide', () => {
    const projects = objectsOf(units).filter(({ kind }) => kind === 'AppProject');
    expect(projects).toHaveLength(4);
    for (const project of projects) {
      const spec = project.spec as Project;
      expect(spec.sourceRepos).toEqual(['https://git.example.com/mlops/gitops.git']);
      expect(spec.destinations).toHaveLength(1);
      expect(spec.clusterResourceWhitelist).toEqual([]);
      expect(spec.namespaceResourceWhitelist).not.toEqual([]);
      expect(JSON.stringify(spec)).not.toContain('*');
    }
  });

  test('never includes runs, which it would delete while they train', () => {
    const kinds = Object.values(scopeKinds).flatMap((scope) => scope.map(({ kind }) => kind));
    expect(kinds.filter((kind) => kind.endsWith('Run'))).toEqual([]);
  });

  test('every Application keeps to its project', () => {
    const projects = new Map(
      objectsOf(units)
        .filter(({ kind }) => kind === 'AppProject')
        .map((project) => [project.metadata.name, project.spec as Project]),
    );
    const applications = objectsOf(units).filter(({ kind }) => kind === 'Application');
    expect(applications).toHaveLength(12);
    for (const application of applications) {
      const spec = application.spec as { project: string; destination: object };
      expect(projects.get(spec.project)?.destinations).toEqual([spec.destination]);
    }
  });
});

describe('rights', () => {
  const roles = objectsOf(units).filter(({ kind }) => kind.endsWith('Role'));
  const rulesOf = (object: KubernetesObject) => object.rules as Rule[];

  test.each(roles.map((role) => [describeObject(role), role] as const))('%s has no wildcard', (_, role) => {
    expect(JSON.stringify(rulesOf(role))).not.toContain('*');
  });

  test('the listener may list and watch what it waits for, and create runs, and no more', () => {
    expect(rulesOf(pick(units, 'Role', 'driftloop'))).toEqual([
      {
        apiGroups: ['triggers.tekton.dev'],
        resources: ['eventlisteners', 'interceptors', 'triggerbindings', 'triggers', 'triggertemplates'],
        verbs: ['list', 'watch'],
      },
      { apiGroups: ['tekton.dev'], resources: ['pipelineruns'], verbs: ['create'] },
    ]);
    expect(rulesOf(pick(units, 'ClusterRole', 'driftloop-mlops-listener'))).toEqual([
      {
        apiGroups: ['triggers.tekton.dev'],
        resources: ['clusterinterceptors', 'clustertriggerbindings'],
        verbs: ['list', 'watch'],
      },
    ]);
  });

  test('nobody may read Secrets, act as somebody else, or hand out rights', () => {
    const text = JSON.stringify(roles);
    expect(text).not.toMatch(/secrets|impersonate|bind"|escalate|"delete|configmaps/);
  });

  test('our steps change the Leases of the retrained models only', () => {
    const [lease] = rulesOf(pick(units, 'Role', 'driftloop-runner')).filter(({ verbs }) =>
      verbs.includes('update'),
    );
    expect(lease?.resourceNames).toEqual([
      'driftloop-plain',
      'driftloop-served-by-kserve',
      'driftloop-scaled',
      'driftloop-scaled-by-kserve',
    ]);
  });

  test('the training stage has an account without rights and without a token', () => {
    const trigger = JSON.stringify(pick(units, 'Trigger', 'plain.test'));
    expect(trigger).toContain(
      '"taskRunSpecs":[{"pipelineTaskName":"train","serviceAccountName":"driftloop-trainer"}]',
    );
    expect(pick(units, 'ServiceAccount', 'driftloop-trainer').automountServiceAccountToken).toBe(false);
    const bound = objectsOf(units).filter(({ kind }) => kind.endsWith('Binding'));
    expect(JSON.stringify(bound)).not.toContain('driftloop-trainer');
  });

  test('cluster-wide rights are in the bootstrap only', () => {
    const elsewhere = unitsOf(({ unit }) => unit.name !== 'bootstrap');
    expect(elsewhere.filter(({ kind }) => /^Cluster|^Namespace$/.test(kind))).toEqual([]);
  });
});

describe('the network', () => {
  test('lets only the monitoring namespace reach the listener', () => {
    expect(JSON.stringify(pick(units, 'NetworkPolicy', 'driftloop').spec)).toBe(
      JSON.stringify({
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
                podSelector: {},
              },
            ],
            ports: [
              { port: 8080, protocol: 'TCP' },
              { port: 9000, protocol: 'TCP' },
            ],
          },
        ],
        podSelector: { matchLabels: { eventlistener: 'driftloop' } },
        policyTypes: ['Ingress'],
      }),
    );
  });

  test('lets nobody reach the Pods of a run', () => {
    expect(pick(units, 'NetworkPolicy', 'driftloop-runner').spec).toEqual({
      podSelector: { matchExpressions: [{ key: 'driftloop.dev/model', operator: 'Exists' }] },
      policyTypes: ['Ingress'],
    });
  });
});
