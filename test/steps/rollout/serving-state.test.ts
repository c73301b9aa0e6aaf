import { judgeDeployment, judgeInferenceService } from '../../../steps/rollout/serving-state.js';

const released = { version: '2', image: `oci://registry.example.com/jukebox@sha256:${'a'.repeat(64)}` };
const older = { version: '1', image: `oci://registry.example.com/jukebox@sha256:${'b'.repeat(64)}` };

const arrivedStatus = { observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };

function deployment(status: object, { version, image } = released, replicas = 2): object {
  const env = [
    { name: 'MODEL_IMAGE', value: image },
    { name: 'MODEL_VERSION', value: version },
    { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'x', key: 'y' } } },
  ];
  return {
    kind: 'Deployment',
    metadata: { name: 'jukebox', generation: 3 },
    spec: { replicas, template: { spec: { containers: [{ name: 'server', env }] } } },
    status,
  };
}

describe('a Deployment', () => {
  test('has arrived when all Pods are new, available, and alone', () => {
    expect(judgeDeployment(deployment(arrivedStatus), released)).toEqual({ state: 'arrived', reason: '' });
  });

  test.each([
    ['has the older version still', deployment(arrivedStatus, older), 'it is still to run version 1'],
    [
      'names the version with another image',
      deployment(arrivedStatus, { ...older, version: '2' }),
      'version 2',
    ],
    [
      'was not seen by its controller',
      deployment({ ...arrivedStatus, observedGeneration: 2 }),
      'has not seen',
    ],
    ['says nothing yet', deployment({}), 'has not seen it yet'],
    ['replaces its Pods', deployment({ ...arrivedStatus, updatedReplicas: 1 }), '1 of 2 Pods are replaced'],
    ['still has old Pods', deployment({ ...arrivedStatus, replicas: 3 }), '1 old Pods are still there'],
    ['is not available', deployment({ ...arrivedStatus, availableReplicas: 0 }), '0 of 2 Pods are available'],
  ])('is waited for while it %s', (_, object, reason) => {
    const judged = judgeDeployment(object, released);
    expect([judged.state, judged.reason]).toEqual(['waiting', expect.stringContaining(reason)]);
  });

  test('fails when its own deadline is over, and when it is something else', () => {
    const condition = {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: 'late',
    };
    const stuck = deployment({ ...arrivedStatus, availableReplicas: 0, conditions: [condition] });
    expect(judgeDeployment(stuck, released)).toEqual({ state: 'failed', reason: 'late' });
    for (const object of [null, 'text', [], { kind: 'Status' }])
      expect(judgeDeployment(object, released).state).toBe('failed');
  });
});

function inferenceService(status: object, { version, image } = released): object {
  return {
    metadata: { generation: 2, annotations: { 'driftloop.dev/model-version': version } },
    spec: { predictor: { model: { storageUri: image } } },
    status: { observedGeneration: 2, ...status },
  };
}

const ready = { conditions: [{ type: 'Ready', status: 'True' }], address: { url: 'http://jukebox.test' } };

describe('an InferenceService', () => {
  test('has arrived when it is ready with the released version, and says where it is', () => {
    expect(judgeInferenceService(inferenceService(ready), released)).toEqual({
      state: 'arrived',
      reason: '',
      url: 'http://jukebox.test',
    });
  });

  test.each([
    ['has the older version', inferenceService(ready, older), 'version 1'],
    ['was not seen by KServe', inferenceService({ ...ready, observedGeneration: 1 }), 'has not seen'],
    [
      'is not ready',
      inferenceService({ conditions: [{ type: 'Ready', status: 'False', message: 'no' }] }),
      'no',
    ],
    ['says nothing yet', inferenceService({}), 'it is not ready'],
    [
      'loads',
      inferenceService({ ...ready, modelStatus: { transitionStatus: 'InProgress' } }),
      'being loaded',
    ],
  ])('is waited for while it %s', (_, object, reason) => {
    const judged = judgeInferenceService(object, released);
    expect([judged.state, judged.reason]).toEqual(['waiting', expect.stringContaining(reason)]);
  });

  test('fails when KServe cannot load the model', () => {
    const lastFailureInfo = { message: 'no such file' };
    const modelStatus = { transitionStatus: 'BlockedByFailedLoad', lastFailureInfo };
    expect(judgeInferenceService(inferenceService({ ...ready, modelStatus }), released)).toEqual({
      state: 'failed',
      reason: 'no such file',
    });
  });
});
