import { objectsOf, render, serve, server, withModels } from './workspace-fixture.js';

const fleetOf = (count: number) =>
  withModels(
    Array.from({ length: count }, (_, index) => serve(`model-${String(index).padStart(4, '0')}`, server)),
  );

const [one, many] = [render(fleetOf(1)), render(fleetOf(100))];

const kindsOf = (units: typeof one, kind: string) =>
  objectsOf(units)
    .filter(
      ({ kind: found, metadata: { name, namespace } }) =>
        // What runs may see of a model's servers is the model's own.
        found === kind && !(namespace === 'mlops-test' && name.endsWith('-rollout')),
    )
    .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);

describe('a hundred models', () => {
  test('share their Tasks, the listener and its rights, which are rendered once', () => {
    for (const kind of [
      'Task',
      'EventListener',
      'Role',
      'ClusterRole',
      'NetworkPolicy',
      'AppProject',
      'Namespace',
    ]) {
      expect([kind, ...kindsOf(many, kind)]).toEqual([kind, ...kindsOf(one, kind)]);
    }
    expect(kindsOf(many, 'Pipeline')).toHaveLength(100);
  });

  test('have folders and Applications of their own, so that more of them change those of no other', () => {
    const filesOf = (units: typeof one) =>
      new Map(units.flatMap(({ files }) => files.map(({ path, text }) => [path, text] as const)));
    const after = filesOf(many);
    const changed = [...filesOf(one)].filter(([path, text]) => after.get(path) !== text);
    expect(changed.map(([path]) => path).sort()).toEqual([
      'applications/rollout-rights.k8s.yaml',
      'toolings/runner-rights.k8s.yaml',
    ]);
  });
});
