import { drawLoop } from '../../cli/loop-graph.js';
import { everyReceiver } from '../charts/alert-fixture.js';
import { twoClusters } from '../charts/cluster-fixture.js';
import { jukeboxWorkspace } from '../charts/workspace-fixture.js';

test('the graph shows whoever is told, and nobody who hears nothing of the model', () => {
  const { platform, model, deployment } = everyReceiver;
  const watched = { ...model, deployments: [deployment] };
  const workspace = { ...jukeboxWorkspace, platform, models: [watched] };
  const drawn = [...drawLoop(workspace, [watched]).matchAll(/\(\["(.*?)"\]\)/g)].map(([, name]) => name);
  expect(drawn).toEqual(
    expect.arrayContaining(['archive', 'data-team', 'on-call', 'team-chat', 'teams-channel']),
  );
  expect(drawn).not.toContain('bridge');
  expect(drawn).not.toContain('the-rest');
});

test('the graph shows on which cluster an environment is, and by what its alerts come', () => {
  const drawn = drawLoop(twoClusters, twoClusters.models);
  expect(drawn).toContain('["jukebox in prod on eu"]');
  expect(drawn).toContain('["jukebox in test"]');
  expect(drawn).toContain('-->|webhook, https://hooks.example.com/alerts| jukebox__stage__admit');
  expect(drawn).toContain('-->|webhook| jukebox__stage__admit');
});
