import { kindOf } from '../../validate/cluster.js';
import { validateManifests } from '../../validate/validate.js';
import type { KubernetesObject, RenderedUnit } from '../../synth/manifest.js';
import { expectGolden } from './expect-golden.js';
import { onOpenShift } from './openshift-fixture.js';
import { everyKindWorkspace, jukeboxWorkspace, objectsOf, pick, render } from './workspace-fixture.js';

const kubernetes = render(everyKindWorkspace);
const openshift = render(onOpenShift(everyKindWorkspace));
const jukebox = render(onOpenShift(jukeboxWorkspace));

function identitiesOf(units: readonly RenderedUnit[]): readonly string[] {
  return objectsOf(units).map(
    (object) => `${kindOf(object)} ${object.metadata.namespace ?? ''}/${object.metadata.name}`,
  );
}

/** Every key with its value, however deep. */
function* fieldsIn(value: unknown): Generator<readonly [string, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  for (const entry of Object.entries(value)) {
    yield entry;
    yield* fieldsIn(entry[1]);
  }
}

interface RuleObject extends KubernetesObject {
  readonly spec: { readonly groups: readonly { readonly name: string; readonly rules: readonly object[] }[] };
}

function rulesOf(units: readonly RenderedUnit[]): readonly RuleObject[] {
  return objectsOf(units).filter(({ kind }) => kind === 'PrometheusRule') as RuleObject[]; // By its schema.
}

describe('on OpenShift', () => {
  test('everything that is rendered fits together, and every alert is rehearsed to its run', () => {
    const manifests = openshift.flatMap((unit) => unit.manifests);
    expect(validateManifests(manifests)).toEqual([]);
  });

  test('objects have the names that they have on Kubernetes, so that nothing else needs to know', () => {
    const argocd = (identity: string) => identity.replace(' openshift-gitops/', ' argocd/');
    const theirs = new Set(identitiesOf(openshift).map(argocd));
    const here = identitiesOf(kubernetes);
    const gone = here.filter((identity) => !theirs.has(identity));
    // Settings of Argo CD are the operator's, and OpenShift AI reads the metrics of InferenceServices by itself.
    expect(gone.filter((identity) => !/PodMonitor .*-by-kserve$/.test(identity))).toEqual([
      'ConfigMap argocd/argocd-cm',
    ]);
    const added = [...theirs].filter((identity) => !here.includes(identity));
    expect(added.every((identity) => /PrometheusRule .*\.runs$/.test(identity))).toBe(true);
  });

  test('no Pod asks for a user or a group that the namespace does not have', () => {
    const asked = objectsOf(openshift).flatMap((object) =>
      [...fieldsIn(object)].filter(([key]) => ['runAsUser', 'runAsGroup', 'fsGroup'].includes(key)),
    );
    expect(asked).toEqual([]);
    expect(JSON.stringify(objectsOf(kubernetes))).toContain('runAsUser');
  });

  test('every Pod still says that it does without root', () => {
    const contexts = objectsOf(openshift).flatMap((object) =>
      [...fieldsIn(object)].filter(([key]) => key === 'securityContext'),
    );
    expect(contexts.length).toBeGreaterThan(3);
    expect(JSON.stringify(contexts)).toContain('"runAsNonRoot":true');
  });

  test('the listener asks for a certificate and answers by https', () => {
    expectGolden('openshift-listener.yaml', [pick(jukebox, 'EventListener', 'driftloop')]);
  });

  test('alerts trust the certificate, in the API version that OpenShift documents', () => {
    const configs = objectsOf(jukebox).filter(({ kind }) => kind === 'AlertmanagerConfig');
    const versions = new Set(configs.map(({ apiVersion }) => apiVersion));
    expect([...versions]).toEqual(['monitoring.coreos.com/v1beta1']);
    const routes = configs.filter(
      ({ metadata }) => metadata.name === 'jukebox' && metadata.namespace === 'mlops-test',
    );
    expectGolden('openshift-alert-routing.yaml', routes);
  });

  test('only the monitoring of projects reaches the listener', () => {
    const policy = JSON.stringify(pick(jukebox, 'NetworkPolicy', 'driftloop').spec);
    expect(policy).toContain('openshift-user-workload-monitoring');
    expect(policy).not.toContain('"monitoring"');
  });

  test('Argo CD may write to the namespaces, and none leaves the monitoring of projects', () => {
    const namespaces = objectsOf(jukebox).filter(({ kind }) => kind === 'Namespace');
    expectGolden('openshift-namespaces.yaml', namespaces);
    for (const { metadata } of objectsOf(openshift))
      expect(Object.keys(metadata.labels ?? {})).not.toContain('openshift.io/cluster-monitoring');
  });

  test('the guide of the bootstrap says what OpenShift needs', () => {
    const texts = jukebox.flatMap(({ files }) => files.filter(({ path }) => path === 'bootstrap/README.md'));
    expectGolden('openshift-bootstrap.md', texts[0]?.text ?? '');
  });

  test('an InferenceService names its mode as the version of KServe does', () => {
    const modeOf = (units: readonly RenderedUnit[]) =>
      objectsOf(units)
        .filter(({ kind }) => kind === 'InferenceService')
        .map(({ metadata }) => metadata.annotations?.['serving.kserve.io/deploymentMode']);
    expect(new Set(modeOf(openshift))).toEqual(new Set(['RawDeployment']));
    expect(new Set(modeOf(render(onOpenShift(everyKindWorkspace, { kserve: '0.17' }))))).toEqual(
      new Set(['Standard']),
    );
  });
});

describe("rules that may only see their namespace's metrics", () => {
  const scope = 'openshift.io/prometheus-rule-evaluation-scope';

  test('are the same rules, none lost and none twice', () => {
    const listRules = (units: readonly RenderedUnit[]) =>
      rulesOf(units)
        .flatMap(({ spec }) => spec.groups.flatMap(({ rules }) => rules))
        .map((rule) => JSON.stringify(rule).replaceAll('tekton-pipelines', 'openshift-pipelines'))
        .map((rule) => rule.replace(/\\nIs \S+ among namespacesWithoutLabelEnforcement.*? otherwise\./, ''))
        .sort();
    expect(listRules(openshift)).toEqual(listRules(kubernetes));
  });

  test("are evaluated beside the metrics; the one that reads Tekton's is not", () => {
    for (const rule of rulesOf(openshift)) {
      const foreign = JSON.stringify(rule).includes('tekton_pipelines_controller_pipelinerun_taskrun');
      expect([rule.metadata.name, rule.metadata.labels?.[scope]]).toEqual([
        rule.metadata.name,
        foreign ? undefined : 'leaf-prometheus',
      ]);
      expect(rule.metadata.name.endsWith('.runs')).toBe(foreign);
    }
  });

  test('keep the label out where every rule sees all metrics', () => {
    for (const rule of rulesOf(kubernetes)) expect(rule.metadata.labels).not.toHaveProperty([scope]);
  });

  test('have groups of different names, so that promtool reads them as one file', () => {
    const names = rulesOf(openshift).flatMap(({ spec }) => spec.groups.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });
});
