import type { Problem } from '../../problems/problem.js';
import type { Manifest } from '../../synth/manifest.js';
import { indexCluster, kinds } from '../../validate/cluster.js';
import { validateManifests } from '../../validate/validate.js';
import { goodManifests, manyManifests, mutate } from './good-manifests.js';

/** What is found when everything is judged at once, as if nothing were one model's. */
function judgeAtOnce(manifests: readonly Manifest[]): readonly Problem[] {
  return validateManifests(manifests.map((manifest) => ({ ...manifest, model: undefined })));
}

/**
 * Isolation is what makes it possible to judge model by model, and asked for only then; and a model's dashboard shows
 * the series of that model, so those of others are no help to it.
 */
const onlyByModel = ['REFERENCE_OTHER_MODELS', 'PROMQL_RECORD_UNKNOWN'];

function keysOf(problems: readonly Problem[]): readonly string[] {
  const keys = problems
    .filter(({ code }) => !onlyByModel.includes(code))
    .map(({ code, object = '', path = '' }) => `${code} ${object} ${path}`);
  return [...new Set(keys)].sort();
}

/** The first object of each kind, once of a model and once shared. */
const samples = [
  ...new Map(
    manyManifests.map((each) => [`${each.object.kind} ${each.model === undefined ? 'shared' : 'own'}`, each]),
  ),
];

describe('model by model', () => {
  test('there are several models to judge', () => {
    expect(new Set(manyManifests.map(({ model }) => model)).size).toBeGreaterThan(2);
  });

  test.each(samples)('the same is found as at once when a %s is missing', (_title, sample) => {
    const rest = manyManifests.filter((each) => each !== sample);
    expect(keysOf(validateManifests(rest))).toEqual(keysOf(judgeAtOnce(rest)));
  });

  test.each(samples)('the same is found as at once when a %s has another name', (_title, { object }) => {
    const changed = mutate(
      object.kind,
      object.metadata.name,
      { 'metadata.name': 'renamed', 'metadata.labels': {} },
      manyManifests,
    );
    expect(keysOf(validateManifests(changed))).toEqual(keysOf(judgeAtOnce(changed)));
  });

  test('an object that two models have is reported', () => {
    const [first, ...others] = new Set(manyManifests.map(({ model }) => model).filter(Boolean));
    const own = manyManifests.find(
      ({ model, object }) => model === first && object.kind === 'PrometheusRule',
    );
    if (own === undefined) throw new Error('no rules');
    const twice = [...manyManifests, { ...own, model: others[0] }];
    expect(validateManifests(twice).map(({ code }) => code)).toContain('STRUCTURE_DUPLICATE_OBJECT');
  });

  test('what several models find about a shared object is said once', () => {
    const role = mutate('ClusterRole', 'driftloop-mlops-listener', {}, manyManifests);
    const rules = mutate('Role', 'driftloop', { rules: [] }, role);
    const problems = validateManifests(rules).map((problem) => JSON.stringify(problem));
    expect(problems).not.toEqual([]);
    expect(problems).toEqual([...new Set(problems)]);
  });
});

describe('a cluster with surroundings', () => {
  const own = goodManifests.filter(({ model }) => model !== undefined);
  const shared = goodManifests.filter(({ model }) => model === undefined);
  const cluster = indexCluster(own, shared);

  test('hands out what is judged, and finds the rest', () => {
    expect(cluster.ofKind(kinds.task)).toEqual([]);
    expect(cluster.visible(kinds.task)).not.toEqual([]);
    const task = cluster.find(kinds.task, 'mlops-toolings', 'driftloop-admit');
    expect(task).toBeDefined();
    expect(task !== undefined && cluster.judges(task)).toBe(false);
  });

  test('is not confused with the same objects in other surroundings', () => {
    expect(indexCluster(own).visible(kinds.task)).toEqual([]);
  });
});
