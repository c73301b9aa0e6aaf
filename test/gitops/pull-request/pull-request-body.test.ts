import type { Model, Workspace } from '../../../config/model.js';
import type { Release } from '../../../config/release.js';
import { compareObjects } from '../../../gitops/plan/object-changes.js';
import type { Delivery } from '../../../gitops/publish/delivery.js';
import { describePullRequest } from '../../../gitops/pull-request/pull-request-body.js';
import type { KubernetesObject } from '../../../synth/manifest.js';
import { source } from '../support/publishing-source.js';
import { object, workspace } from '../support/units.js';
import { metricGates } from '../../gates.js';

const limit = 65_536;
const compareUrl = 'https://git.example.com/mlops/gitops/compare/main...driftloop%2Ftest';

function delivery(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  more: Partial<Delivery['context']> = {},
): Delivery {
  const objects = compareObjects(before, after);
  const unit = { name: 'test/jukebox', environment: 'test', model: 'jukebox', files: [], objects };
  return {
    plan: { units: [unit], ownership: new Map(), ownershipChanged: true },
    files: new Map(),
    message: { subject: 's', body: '', notes: '', trailers: ['Argocd-reference-commit-sha: abc'] },
    context: { workspace, source, releases: { before: new Map(), after: new Map() }, ...more },
  };
}

function bodyOf(count: number, value: string): string {
  const objects = (text: string) =>
    Array.from({ length: count }, (_, index) => object(`o${index}`, { data: { text } }));
  const gone = object('gone', { kind: 'Job' });
  return describePullRequest(delivery([...objects('before'), gone], objects(value)), { limit, compareUrl });
}

describe('the body of a pull request', () => {
  test('says where it comes from, then what is removed, then the fields', () => {
    const body = bodyOf(1, 'after');
    expect(body).toMatch(
      /^From commit 0123456 of the workspace: feat: watch tempo, too\n\n1 changed, 1 deleted in 1 unit/,
    );
    expect(body.indexOf('Argo CD prunes it')).toBeLessThan(body.indexOf('data.text'));
    expect(body).toContain('Argocd-reference-commit-sha: abc');
  });

  test.each([10, 200, 5000])('with %d objects fits, and says where the rest is', (count) => {
    const body = bodyOf(count, 'x'.repeat(1000));
    expect(body.length).toBeLessThanOrEqual(limit);
    expect(body.includes(`[everything](<${compareUrl}>)`)).toBe(count > 10);
    expect(body).toContain('Merge it');
  });

  test('fits where nearly nothing fits', () => {
    const small = { limit: 400, compareUrl };
    const body = describePullRequest(delivery([object('a')], [object('b', { x: 1 })]), small);
    expect(body.length).toBeLessThanOrEqual(400);
  });

  test('names what a recreation costs: the data of a volume, the answers of a model', () => {
    const claim = (name: string) =>
      object(name, { kind: 'PersistentVolumeClaim', spec: { size: '1Gi', mode: 'a' } });
    const server = object('jukebox', { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' });
    const body = describePullRequest(delivery([claim('old'), server], [claim('new')]), { limit, compareUrl });
    expect(body).toContain(
      'creates PersistentVolumeClaim mlops-test/new: a recreation, not a rename; its data is lost',
    );
    expect(body).toContain('Argo CD prunes it; the model does not answer');
  });

  test('cannot be left by a value with back-ticks, and calls nobody', () => {
    expect(bodyOf(1, '```` @everyone')).toMatch(/^`{5}diff$/m);
    const hostile = { ...source, subject: '@everyone <img src=x> [click](https://evil.example.com)\n# head' };
    const body = describePullRequest(delivery([], [object('a')], { source: hostile }), { limit, compareUrl });
    expect(body).not.toMatch(/@everyone|<img|\[click\]\(|^# head/m);
  });

  test('shows metrics beside their gates, and those of the version that runs now', () => {
    const gated: Model = {
      ...(workspace.models[0] ?? fail()),
      gates: metricGates(
        { metric: 'accuracy', min: 0.75, max: undefined },
        { metric: 'latency', min: undefined, max: 200 },
      ),
    };
    const release = (version: string, metrics: Readonly<Record<string, number>>): [string, Release] => [
      'test/jukebox',
      {
        model: 'jukebox',
        environment: 'test',
        version,
        image: 'i',
        releasedAt: 't',
        by: 'b',
        commit: undefined,
        metrics,
      },
    ];
    const before = new Map([release('1', { accuracy: 0.8 })]);
    const after = new Map([release('2', { accuracy: 0.7, f1: 0.5 })]);
    const context: Partial<Delivery['context']> = {
      workspace: { ...workspace, models: [gated] } satisfies Workspace,
      releases: { before, after },
    };
    const body = describePullRequest(delivery([], [object('a')], context), { limit, compareUrl });
    expect(body).toContain('| jukebox (test) | 1 → 2 | accuracy | 0.8 → 0.7 | at least 0.75: FAILED |');
    expect(body).toContain('| latency | not released | at most 200: not measured |');
    expect(body).toContain('| f1 | 0.5 | none |');
  });
});

function fail(): never {
  throw new Error('the workspace has no model');
}
