import { explainModel } from '../../config/explain-model.js';
import { loadWorkspace } from '../../config/load-workspace.js';
import { goodModel, goodPlatform, removeWorkspaces, writeWorkspace } from './workspace-files.js';

afterEach(removeWorkspaces);

const platform = `${goodPlatform}teams:
  music:
    environments:
      prod: { namespace: music-prod }
      test: { namespace: music-test }
    receivers: [team-chat]
`;

function load(model: string, text = platform) {
  const { value, problems } = loadWorkspace(
    writeWorkspace({ 'driftloop.yaml': text, 'models/jukebox.yaml': model }),
  );
  expect(problems).toEqual([]);
  if (value === undefined) throw new Error('no value without a problem');
  return value;
}

test("a model of a team lives in the team's namespaces, in the order of promotion", () => {
  const { models, teams } = load(goodModel.replace('owner: music-team', 'team: music'));
  const namespaces = models[0]?.deployments.map(({ environment }) => environment.namespace);
  expect(namespaces).toEqual(['music-test', 'music-prod']);
  expect(teams).toEqual([
    {
      name: 'music',
      receivers: ['team-chat'],
      environments: models[0]?.deployments.map((each) => each.environment),
    },
  ]);
});

test('the team answers for its models unless the model says who does, and the explanation says so', () => {
  const workspace = load(goodModel.replace('owner: music-team', 'team: music'));
  expect(workspace.models[0]?.owner).toBe('music');
  expect(explainModel(workspace, 'jukebox').find(({ path }) => path === 'owner')).toMatchObject({
    value: 'music',
    layer: 'built-in default',
  });
  expect(load(`team: music\n${goodModel}`).models[0]?.owner).toBe('music-team');
});

test('two teams cannot have models of one name, because Pipelines and folders are called by it', () => {
  const directory = writeWorkspace({
    'driftloop.yaml': platform,
    'models/jukebox-of-music.yaml': `team: music\n${goodModel}`,
  });
  expect(loadWorkspace(directory).problems.map(({ code }) => code)).toContain('CONFIG_NAME_DUPLICATE');
});
