import { expectGolden } from './expect-golden.js';
import { everyKindWorkspace, jukeboxWorkspace, render } from './workspace-fixture.js';

const files = new Map(
  [...render(everyKindWorkspace), ...render(jukeboxWorkspace)].flatMap((unit) =>
    unit.files.map(({ path, text }) => [path, text] as const),
  ),
);

/** The other charts have goldens of their own. */
describe('rendered files are those of the golden folder', () => {
  test.each([
    ['toolings/retraining-trigger.k8s.yaml', 'retraining-trigger.yaml'],
    ['toolings/jukebox-triggers.k8s.yaml', 'model-triggers.yaml'],
    ['environments/test/jukebox/model-serving.k8s.yaml', 'model-serving.yaml'],
    ['environments/prod/jukebox/model-serving.k8s.yaml', 'model-serving-replicas.yaml'],
    ['environments/test/served-by-kserve/model-serving.k8s.yaml', 'model-serving-kserve.yaml'],
    ['environments/test/platform/monitor-service.k8s.yaml', 'monitor-service.yaml'],
    ['environments/test/served-by-kserve/drift-monitor.k8s.yaml', 'drift-monitor.yaml'],
    ['environments/test/scaled/model-serving.k8s.yaml', 'model-serving-scaled.yaml'],
    ['environments/test/scaled-by-kserve/model-serving.k8s.yaml', 'model-serving-own-runtime.yaml'],
    ['toolings/runner-rights.k8s.yaml', 'runner-rights.yaml'],
    ['applications/projects.k8s.yaml', 'projects.yaml'],
    ['applications/mlops.toolings.k8s.yaml', 'application-toolings.yaml'],
    ['applications/mlops.test.jukebox.k8s.yaml', 'application-model.yaml'],
    ['bootstrap/namespaces.k8s.yaml', 'namespaces.yaml'],
    ['bootstrap/listener-rights.k8s.yaml', 'listener-rights.yaml'],
    ['bootstrap/health-checks.k8s.yaml', 'health-checks.yaml'],
    ['bootstrap/root.k8s.yaml', 'root.yaml'],
    ['bootstrap/README.md', 'bootstrap.md'],
  ])('%s', (path, golden) => {
    expectGolden(golden, files.get(path) ?? 'not rendered');
  });
});
