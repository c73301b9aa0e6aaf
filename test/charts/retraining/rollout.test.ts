import { App } from 'cdk8s';
import type { Model } from '../../../config/model.js';
import { planPipeline } from '../../../charts/retraining/graph/plan-pipeline.js';
import { planRolloutView, planServingView } from '../../../charts/retraining/rollout-rights.js';
import type { ChartBlueprint } from '../../../charts/unit.js';
import { smokeTest } from '../../../charts/tasks/smoke-test.js';
import { model, platform, training } from '../retraining-fixture.js';

const after = ['await-rollout', 'smoke-test', 'promote'];

function stagesOf(changed: Partial<Model>, on = platform): readonly string[] {
  const { stages } = planPipeline({ platform: on, model: { ...model, ...changed }, training });
  return stages.map(({ name }) => name).filter((name) => after.includes(name));
}

function objectsOf(charts: readonly ChartBlueprint[]): readonly object[] {
  return charts.flatMap((chart) => chart.create(new App()).toJson() as object[]);
}

const [first, next] = model.deployments;
if (first === undefined || next === undefined) throw new Error('the fixture has two environments');
const cluster = { name: 'edge' } as unknown as NonNullable<typeof first.environment.cluster>; // Nothing but its presence counts.

describe('what a run does behind its release', () => {
  test('it waits, asks, and proposes', () => {
    expect(stagesOf({})).toEqual(after);
  });

  test('it proposes nothing where nobody wants it, nobody has a token, nothing follows, or what follows is pushed', () => {
    expect(stagesOf({ promotion: 'none' })).toEqual(['await-rollout', 'smoke-test']);
    expect(stagesOf({ deployments: [first] })).toEqual(['await-rollout', 'smoke-test']);
    for (const delivery of [
      { ...platform.delivery, tokenSecret: undefined },
      { ...platform.delivery, modes: new Map([['prod', 'push' as const]]) },
    ])
      expect(stagesOf({}, { ...platform, delivery })).toEqual(['await-rollout', 'smoke-test']);
  });

  test('without waiting, nothing is verified, and so nothing proposed', () => {
    expect(stagesOf({ rollout: { ...model.rollout, wait: false } })).toEqual([]);
  });

  test('what nobody serves is not asked, and what is on another cluster is left to Argo CD', () => {
    expect(stagesOf({ deployments: [{ ...first, serving: undefined }, next] })).toEqual(['await-rollout']);
    const away = { ...first, environment: { ...first.environment, cluster } };
    const { stages } = planPipeline({ platform, model: { ...model, deployments: [away, next] }, training });
    const [awaited, asked] = stages.filter(({ name }) => after.includes(name));
    expect(awaited?.params.workload).toBe('none');
    expect(asked?.params.requests).toBe('[]');
  });

  test('the requests of the configuration are what the step reads', () => {
    const { stages } = planPipeline({ platform, model, training });
    const { requests = '' } = stages.find(({ name }) => name === 'smoke-test')?.params ?? {};
    expect(smokeTest.params.shape.requests.parse(requests)).toEqual([
      {
        path: '/predict',
        body: { energy: 0.5 },
        status: 200,
        values: [{ pointer: '/probability', min: 0, max: 1 }],
        latency: 500,
      },
    ]);
  });
});

describe('what the runs may see of it', () => {
  const rulesOf = (charts: readonly ChartBlueprint[]) =>
    objectsOf(charts).flatMap((object) => ('rules' in object ? [object.rules] : []));

  test('is their Applications and their servers, by name and to read', () => {
    const workspace = { platform, models: [model, { ...model, name: 'other', training: undefined }] };
    const charts = planRolloutView(workspace);
    expect(rulesOf(charts)).toEqual([
      [
        {
          apiGroups: ['argoproj.io'],
          resources: ['applications'],
          resourceNames: ['mlops.test.jukebox'],
          verbs: ['get'],
        },
      ],
    ]);
    expect(rulesOf(planServingView({ platform, model, deployment: first }))).toEqual([
      [{ apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['jukebox'], verbs: ['get'] }],
    ]);
  });

  test('is nothing of later environments, of other clusters, and where nobody waits', () => {
    const away = { ...first, environment: { ...first.environment, cluster } };
    const idle = { ...model, rollout: { ...model.rollout, wait: false } };
    expect(planServingView({ platform, model, deployment: next })).toEqual([]);
    expect(planServingView({ platform, model: { ...model, deployments: [away] }, deployment: away })).toEqual(
      [],
    );
    expect(planServingView({ platform, model: idle, deployment: first })).toEqual([]);
  });
});
