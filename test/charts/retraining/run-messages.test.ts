import type { RunReceiver, Runs } from '../../../config/model-runs.js';
import { builtInRunNotifications } from '../../../config/catalogue/defaults.js';
import { listStages, planPipeline } from '../../../charts/retraining/graph/plan-pipeline.js';
import { notify } from '../../../charts/tasks/notify.js';
import { stepTaskSpec } from '../../../charts/tasks/step-task.js';
import { allReceivers, receiver } from '../alert-fixture.js';
import { model, platform, training } from '../retraining-fixture.js';

const isTold = (each: { kind: string }): each is RunReceiver => each.kind !== 'pagerduty';
const told = allReceivers.filter(isTold);

function plan(settings: Partial<NonNullable<Runs['notify']>> | undefined) {
  const defaults = { ...builtInRunNotifications, receivers: told };
  const runs = { ...platform.runs, notify: settings && { ...defaults, ...settings } };
  return {
    platform: { ...platform, runs },
    plan: planPipeline({ platform: { ...platform, runs }, model, training }),
  };
}

const chat = receiver('chat', {
  kind: 'slack',
  apiUrl: { name: 'chat', key: 'url' },
  channel: '#$(params.x)',
});
const chats = [chat].filter(isTold);

test('where nobody wants to be told there is no task for it', () => {
  expect(listStages(plan(undefined).plan).map(({ name }) => name)).not.toContain('notify');
});

test('the end is told by default, and nothing waits for the announcement of the begin', () => {
  expect(plan({}).plan.afterwards.map(({ name }) => name)).toEqual(['record', 'notify']);
  const { stages, afterwards } = plan({ on: ['started'] }).plan;
  expect(afterwards.map(({ name }) => name)).toEqual(['record']);
  const announcement = stages.find(({ name }) => name === 'announce');
  expect(announcement).toMatchObject({ runAfter: ['admit'], params: { moment: 'begin' } });
  expect(announcement?.conditions).toHaveLength(1);
  expect(stages.flatMap(({ runAfter }) => runAfter)).not.toContain('announce');
});

test('receivers of other models hear nothing, and without any there is no task', () => {
  const others = chats.map((each) => ({ ...each, models: ['fraud-*'] }));
  expect(plan({ receivers: others }).plan.afterwards.map(({ name }) => name)).toEqual(['record']);
});

test('what Tekton would expand in a channel or template arrives as it was written', () => {
  const { plan: planned } = plan({ receivers: chats, title: '$(context.pipelineRun.name)' });
  const text = planned.afterwards.find(({ name }) => name === 'notify')?.params.messages ?? '';
  expect(text).not.toContain('$(');
  expect(notify.params.shape.messages.parse(text)).toMatchObject({
    title: '$(context.pipelineRun.name)',
    receivers: [{ channel: '#$(params.x)' }],
  });
});

test('secrets come from Secrets, and one that is missing keeps no Pod from starting', () => {
  const [step] = stepTaskSpec(notify, plan({}).platform).steps ?? [];
  const secrets = (step?.env ?? []).filter(({ name }) => name.startsWith('DRIFTLOOP_NOTIFY_'));
  expect(secrets.length).toBeGreaterThan(3);
  for (const { value, valueFrom } of secrets) {
    expect(value).toBeUndefined();
    expect((valueFrom?.secretKeyRef ?? valueFrom?.configMapKeyRef)?.optional).toBe(true);
  }
  expect(new Set(secrets.map(({ name }) => name)).size).toBe(secrets.length);
});
