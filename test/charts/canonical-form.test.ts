import { describeObject } from '../../synth/manifest.js';
import { everyKindWorkspace, objectsOf, render, server, serve, withModels } from './workspace-fixture.js';

/** The API keeps these as they are: custom resources without a webhook. */
const kept = [
  /^AppProject .* spec\.clusterResourceWhitelist$/,
  /^AppProject .* spec\.namespaceResourceWhitelist\.\d+\.group$/,
];

function* walk(value: unknown, path: string): Generator<readonly [string, unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* walk(item, path === '' ? key : `${path}.${key}`);
}

const objects = objectsOf([
  ...render(everyKindWorkspace),
  ...render(withModels([serve('bare', { ...server, command: [], args: [], env: { EMPTY: '' } })])),
]);

const leaves = objects.flatMap((object) =>
  [...walk(object, '')].map(([path, value]) => [`${describeObject(object)} ${path}`, value] as const),
);

describe('Argo CD finds nothing to change back, because nothing is spelled otherwise than the API spells it', () => {
  test('no empty text, no empty list, no null', () => {
    const empty = leaves
      .filter(([, value]) => value === '' || value === null || (Array.isArray(value) && value.length === 0))
      .map(([path]) => path)
      .filter((path) => !kept.some((exception) => exception.test(path)));
    expect(empty).toEqual([]);
  });

  test('durations of Tekton are written as Go writes them', () => {
    const durations = leaves.filter(([path]) => /(timeouts\.\w+|\.timeout)$/.test(path));
    expect(durations.length).toBeGreaterThan(0);
    for (const [, value] of durations)
      expect(value).toMatch(/^(\d+h\d{1,2}m\d{1,2}s|\d{1,2}m\d{1,2}s|\d+s)$/);
  });

  test('quantities are written as Kubernetes writes them', () => {
    const quantities = leaves.filter(([path]) => /(requests|limits)\.(cpu|memory|storage)$/.test(path));
    expect(quantities.length).toBeGreaterThan(0);
    for (const [, value] of quantities) expect(value).toMatch(/^[1-9]\d*(m|Ki|Mi|Gi|Ti)?$/);
  });

  test('no label that Argo CD or Tekton would claim runs by', () => {
    expect(leaves.filter(([path]) => path.endsWith('app.kubernetes.io/instance'))).toEqual([]);
  });

  test("Argo CD's settings keep the label by which it finds them", () => {
    const settings = objects.find(({ metadata }) => metadata.name === 'argocd-cm');
    expect(settings?.metadata.labels).toEqual({ 'app.kubernetes.io/part-of': 'argocd' });
    expect(Object.keys(settings ?? {}).sort()).toEqual(['apiVersion', 'data', 'kind', 'metadata']);
  });
});
