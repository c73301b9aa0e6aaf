import { drawLoop } from '../../cli/loop-graph.js';
import { everyReceiver } from '../charts/alert-fixture.js';
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
