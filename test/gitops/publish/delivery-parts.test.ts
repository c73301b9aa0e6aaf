import { partition } from '../../../gitops/publish/delivery-parts.js';
import { publishParts } from '../../../gitops/publish/publish-parts.js';
import { proposalBranch } from '../../../gitops/pull-request/proposal-branch.js';
import { openForge } from '../../../gitops/forges/open-forge.js';
import type { Delivery, PullRequestSettings } from '../../../config/model.js';
import type { Selection } from '../../../gitops/plan/selection.js';
import type { RenderedUnit } from '../../../synth/manifest.js';
import { afterEach } from '@jest/globals';
import { forgeToken, startFakeForge } from '../support/fake-forge.js';
import type { FakeForge } from '../support/fake-forge.js';
import { instantClock, source } from '../support/publishing.js';
import { bareRepository, commitByHand, filesIn, git, temporaryFolder } from '../support/repository.js';
import { object, unit, workspace } from '../support/units.js';
import { containing } from '../support/matchers.js';

const modes: Delivery['modes'] = new Map([
  ['test', 'push'],
  ['prod', 'pull-request'],
]);

function deliveryWith(more: Partial<Delivery> = {}, settings: Partial<PullRequestSettings> = {}): Delivery {
  const { delivery } = workspace.platform;
  return { ...delivery, modes, pullRequest: { ...delivery.pullRequest, ...settings }, ...more };
}

function cut(delivery: Delivery, selection: Selection = {}, mode?: 'push' | 'pull-request') {
  return partition({ workspace, delivery, selection, mode }).map((part) => ({
    ...part,
    branch: part.mode === 'push' ? 'main' : proposalBranch(part.selection),
  }));
}

describe('a delivery is cut', () => {
  test('into a push of all but prod, and a pull request for prod', () => {
    expect(cut(deliveryWith())).toEqual([
      { mode: 'push', branch: 'main', selection: { exceptEnvironments: ['prod'], entries: true } },
      {
        mode: 'pull-request',
        branch: 'driftloop/prod',
        selection: { environments: ['prod'], models: undefined, entries: true },
      },
    ]);
  });

  test('into one pull request per model, and one for what is of no model', () => {
    expect(cut(deliveryWith({}, { per: 'model' })).map(({ branch }) => branch)).toEqual([
      'main',
      'driftloop/prod+platform',
      'driftloop/prod+jukebox',
      'driftloop/prod+radio',
    ]);
  });

  test('so that what is of no environment has a pull request of its own, if asked for', () => {
    expect(cut(deliveryWith({ shared: 'pull-request' })).map(({ branch }) => branch)).toEqual([
      'main',
      'driftloop/+shared',
      'driftloop/prod',
    ]);
  });

  test('not at all where everything is pushed', () => {
    expect(cut(deliveryWith(), {}, 'push')).toEqual([{ mode: 'push', branch: 'main', selection: {} }]);
    expect(cut(deliveryWith(), { environments: ['test'] })).toHaveLength(1);
  });

  test('within what was selected', () => {
    expect(cut(deliveryWith(), { models: ['jukebox'] })).toMatchObject([
      { mode: 'push', selection: { environments: ['test'], models: ['jukebox'] } },
      { mode: 'pull-request', branch: 'driftloop/prod+jukebox' },
    ]);
    expect(cut(deliveryWith(), { environments: ['prod'] })).toMatchObject([{ branch: 'driftloop/prod' }]);
  });
});

const forges: FakeForge[] = [];

afterEach(async () => {
  await Promise.all(forges.splice(0).map((forge) => forge.close()));
});

function listing(...names: string[]): RenderedUnit {
  const entry = (name: string) =>
    object(name, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      spec: { source: { path: `environments/${name}` } },
    });
  const files = names.map(
    (name) => [`mlops.${name.replace('/', '.')}`, [entry(name.replace('/', '.'))]] as const,
  );
  return unit('applications', { projects: [object('projects')], ...Object.fromEntries(files) });
}

async function arrange(settings: Partial<PullRequestSettings> = {}, more: Partial<Delivery> = {}) {
  const forge = await startFakeForge({ kind: 'gitea' });
  forges.push(forge);
  const repository = bareRepository();
  commitByHand(repository, { files: { CODEOWNERS: '* @mlops\n' } });
  const delivery = deliveryWith(more, settings);
  const configured = { ...workspace, platform: { ...workspace.platform, delivery } };
  const publish = (units: readonly RenderedUnit[], extra: { allowCollapse?: boolean; token?: string } = {}) =>
    publishParts({
      workspace: configured,
      remote: { url: repository, credentials: undefined },
      branch: 'main',
      render: () => ({ value: units, problems: [] }),
      source,
      clock: instantClock(),
      lockDirectory: temporaryFolder(),
      allowCollapse: extra.allowCollapse,
      parts: partition({ workspace, delivery, selection: {} }),
      openForge: () =>
        openForge(`${forge.origin}/mlops/gitops.git`, {
          environment: { DRIFTLOOP_FORGE_TOKEN: extra.token ?? forgeToken },
          api: 'gitea',
          apiUrl: forge.apiUrl,
          clock: instantClock(),
        }),
    });
  const actions = async (units: readonly RenderedUnit[], extra = {}) => {
    const { value, problems } = await publish(units, extra);
    if (value === undefined) throw new Error(JSON.stringify(problems));
    return value.map(({ action, branch }) => `${action} ${branch}`);
  };
  return { forge, repository, publish, actions };
}

const test1 = unit('test/jukebox', { alerts: [object('a'), object('b')] });
const prod1 = unit('prod/jukebox', { alerts: [object('a'), object('b')] });
const prod2 = unit('prod/jukebox', { alerts: [object('a'), object('b'), object('c')] });
const toolings = unit('toolings', { triggers: [object('t')] });
const whole = [listing('test/jukebox', 'prod/jukebox'), toolings, test1, prod1];

describe('a delivery in parts', () => {
  test('pushes test, proposes prod, and applies nothing of prod before it is merged', async () => {
    const { forge, repository, actions } = await arrange();
    expect(await actions(whole)).toEqual(['pushed main', 'pull-request-opened driftloop/prod']);
    expect(filesIn(repository)).toContain('applications/mlops.test.jukebox.k8s.yaml');
    expect(filesIn(repository).filter((path) => path.includes('prod'))).toEqual([]);
    expect(filesIn(repository, 'driftloop/prod')).toEqual(
      expect.arrayContaining([
        'CODEOWNERS',
        'applications/mlops.prod.jukebox.k8s.yaml',
        'applications/mlops.test.jukebox.k8s.yaml',
        'environments/prod/jukebox/alerts.k8s.yaml',
      ]),
    );
    expect(await actions(whole)).toEqual(['none main', 'pull-request-unchanged driftloop/prod']);
    expect(forge.pullRequests).toHaveLength(1);
  });

  test('once merged, is nothing more to say, and the branch goes', async () => {
    const { forge, repository, actions } = await arrange();
    await actions(whole);
    git(repository, 'update-ref', 'refs/heads/main', git(repository, 'rev-parse', 'driftloop/prod'));
    for (const found of forge.pullRequests) found.state = 'merged';
    expect(await actions(whole)).toEqual(['none main', 'none main']);
    expect(git(repository, 'branch', '--format=%(refname:short)')).toBe('main');
    expect(forge.pullRequests).toMatchObject([{ state: 'merged' }]);
  });

  test('closes a pull request that has nothing to say any more', async () => {
    const { forge, repository, actions } = await arrange();
    await actions(whole);
    git(repository, 'update-ref', 'refs/heads/main', git(repository, 'rev-parse', 'driftloop/prod'));
    for (const found of forge.pullRequests) found.state = 'merged';
    await actions([...whole.slice(0, 3), prod2]);
    expect(forge.pullRequests).toMatchObject([{ state: 'merged' }, { state: 'open' }]);
    expect(await actions(whole)).toEqual(['none main', 'none main']);
    expect(forge.pullRequests[1]).toMatchObject({
      state: 'closed',
      comments: [{ body: containing('Nothing is left to change') }],
    });
    expect(git(repository, 'branch', '--format=%(refname:short)')).toBe('main');
  });

  test('removes a model from prod, its Application too, only when people agree', async () => {
    const { forge, repository, actions } = await arrange();
    await actions(whole);
    git(repository, 'update-ref', 'refs/heads/main', git(repository, 'rev-parse', 'driftloop/prod'));
    for (const found of forge.pullRequests) found.state = 'merged';
    const without = [listing('test/jukebox'), toolings, test1];
    expect(await actions(without, { allowCollapse: true })).toEqual([
      'none main',
      'pull-request-opened driftloop/prod',
    ]);
    expect(filesIn(repository)).toContain('applications/mlops.prod.jukebox.k8s.yaml');
    const left = filesIn(repository, 'driftloop/prod').filter((path) => path.includes('prod'));
    expect(left).toEqual([]);
  });

  test('per model makes one each, which take the place of the one for all', async () => {
    const { forge, repository, publish } = await arrange({ per: 'model' });
    const radio = unit('prod/radio', { alerts: [object('r')] });
    commitByHand(repository, { files: {}, links: { x: 'y' } });
    const { value } = await publish([listing('prod/jukebox', 'prod/radio'), prod1, radio]);
    expect(value?.map(({ branch, action }) => `${action} ${branch}`)).toEqual([
      'pushed main',
      'none main',
      'pull-request-opened driftloop/prod+jukebox',
      'pull-request-opened driftloop/prod+radio',
    ]);
    expect(filesIn(repository, 'driftloop/prod+radio').filter((path) => path.includes('prod'))).toEqual([
      'applications/mlops.prod.radio.k8s.yaml',
      'environments/prod/hydrator.metadata',
      'environments/prod/radio/alerts.k8s.yaml',
    ]);
    expect(forge.pullRequests).toHaveLength(2);
  });

  test('for all closes those of single models as superseded, but not one with a commit of a person', async () => {
    const { forge, repository, actions } = await arrange();
    const make = (head: string, number: number) => {
      forge.pullRequests.push({ number, state: 'open', title: 't', body: 'b', head, base: 'main' });
    };
    commitByHand(repository, { files: { 'by-hand.md': 'x' }, branch: 'driftloop/prod+radio' });
    make('driftloop/prod+radio', 1);
    await actions([listing(), toolings, test1]);
    git(repository, 'update-ref', 'refs/heads/driftloop/prod+jukebox', git(repository, 'rev-parse', 'main'));
    make('driftloop/prod+jukebox', 2);
    expect(await actions(whole)).toEqual(['pushed main', 'pull-request-opened driftloop/prod']);
    expect(forge.pullRequests).toMatchObject([
      { state: 'open' },
      { state: 'closed', comments: [{ body: containing('Superseded by #3') }] },
      { state: 'open', head: 'driftloop/prod' },
    ]);
    expect(git(repository, 'branch', '--format=%(refname:short)').split('\n')).toEqual([
      'driftloop/prod',
      'driftloop/prod+radio',
      'main',
    ]);
  });

  test('writes nothing at all where a token is missing for one of them', async () => {
    const { repository, publish } = await arrange();
    const before = git(repository, 'rev-parse', 'main');
    const { value, problems } = await publish(whole, { token: '' });
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'GITOPS_NO_TOKEN' }]);
    expect(git(repository, 'rev-parse', 'main')).toBe(before);
  });
});
