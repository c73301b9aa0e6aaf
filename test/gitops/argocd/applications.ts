/** A commit that was published, one before it, and one on top of it. */
export const [older, ours, newer] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [
  string,
  string,
  string,
];

/** As HeldRevisions answers. */
export const holds = (revision: string) => Promise.resolve(revision === ours || revision === newer);

export interface State {
  readonly revision?: string;
  readonly sync?: string;
  readonly health?: string;
  readonly healthMessage?: string;
  readonly healthSince?: string;
  readonly operation?: object;
  readonly conditions?: readonly object[];
  readonly comparedAt?: string;
  readonly spec?: object;
  readonly sourceHydrator?: object;
}

/** An Application as Argo CD 3.5 leaves it in the API; recorded from a cluster, and cut down to what is read. */
export function application(state: State = {}): object {
  const { revision = ours, sync = 'Synced', health = 'Healthy' } = state;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'mlops.test.jukebox', namespace: 'argocd' },
    spec: state.spec ?? { project: 'mlops.environment-test' },
    status: {
      controllerNamespace: 'argocd',
      health: {
        lastTransitionTime: state.healthSince ?? '2026-11-21T14:35:17Z',
        status: health,
        message: state.healthMessage,
      },
      operationState: state.operation ?? {
        phase: 'Succeeded',
        message: 'successfully synced (all tasks run)',
        startedAt: '2026-11-21T14:23:15Z',
        finishedAt: '2026-11-21T14:23:16Z',
        operation: { sync: { revision, prune: true } },
        syncResult: { revision },
      },
      conditions: state.conditions,
      reconciledAt: state.comparedAt ?? '2026-11-21T14:40:00Z',
      sourceHydrator: state.sourceHydrator ?? {},
      sourceType: 'Directory',
      sync: { status: sync, revision, comparedTo: {} },
    },
  };
}
