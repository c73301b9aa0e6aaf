import type { Environment, Team, Workspace } from '../../../config/model.js';
import { validateManifests } from '../../../validate/validate.js';
import {
  deploy,
  everyKindWorkspace,
  inferenceService,
  jukeboxWorkspace,
  objectsOf,
  pick,
  prodEnvironment,
  render,
  serve,
  server,
  testEnvironment,
} from '../workspace-fixture.js';

const place = (environment: Environment, team: string): Environment => ({
  ...environment,
  namespace: `${team}-${environment.name}`,
  team,
});

const team = (name: string, receivers?: readonly string[]): Team => ({
  name,
  environments: [place(testEnvironment, name), place(prodEnvironment, name)],
  receivers,
});

const music = team('music', ['team-chat']);
const podcasts = team('podcasts');

/** One model without a team, and one of each team; that of the podcasts is served by KServe in test. */
const workspace: Workspace = {
  ...jukeboxWorkspace,
  teams: [music, podcasts],
  models: [
    ...jukeboxWorkspace.models,
    {
      ...serve('radio', server),
      team: 'music',
      deployments: music.environments.map((environment) => deploy(environment, server)),
    },
    {
      ...serve('speech', server),
      team: 'podcasts',
      deployments: podcasts.environments.map((environment) =>
        deploy(environment, environment.name === 'test' ? inferenceService : server),
      ),
    },
  ],
};
const units = render(workspace);

describe('teams', () => {
  test('keep the names of units, folders and Applications that models have without them', () => {
    expect(units.map(({ unit }) => unit.name)).toEqual([
      'bootstrap',
      'applications',
      'toolings',
      'test/jukebox',
      'test/radio',
      'test/speech',
      'prod/jukebox',
      'prod/radio',
      'prod/speech',
    ]);
    expect(pick(units, 'Application', 'mlops.prod.radio').spec).toMatchObject({
      project: 'mlops.team.music.prod',
      destination: { namespace: 'music-prod' },
      source: { path: 'environments/prod/radio' },
    });
  });

  test('have every object of their models in their own namespaces, and nothing of others', () => {
    for (const { unit, manifests } of units.filter((each) => each.unit.model !== undefined)) {
      const owner = { jukebox: 'mlops', radio: 'music', speech: 'podcasts' }[unit.model ?? ''] ?? '';
      const namespaces = new Set(manifests.map(({ object }) => object.metadata.namespace));
      expect([unit.name, ...namespaces]).toEqual([unit.name, `${owner}-${unit.environment ?? ''}`]);
      expect(JSON.stringify(manifests)).toContain(`"namespace":"${owner}-${unit.environment ?? ''}"`);
    }
  });

  test('have a project for each environment, which lets them write to their namespace alone (D37)', () => {
    const projects = objectsOf(units).filter(({ kind }) => kind === 'AppProject');
    const destinations = projects.map(({ metadata, spec }) => [
      metadata.name,
      ...(spec as { destinations: { namespace: string }[] }).destinations.map(({ namespace }) => namespace),
    ]);
    expect(destinations.filter(([name]) => name?.includes('.team.'))).toEqual([
      ['mlops.team.music.prod', 'music-prod'],
      ['mlops.team.music.test', 'music-test'],
      ['mlops.team.podcasts.prod', 'podcasts-prod'],
      ['mlops.team.podcasts.test', 'podcasts-test'],
    ]);
  });

  test('have namespaces with the token, each as strict as its own models allow', () => {
    const level = (name: string) =>
      pick(units, 'Namespace', name).metadata.labels?.['pod-security.kubernetes.io/enforce'];
    expect([
      level('music-test'),
      level('podcasts-test'),
      level('podcasts-prod'),
      level('mlops-test'),
    ]).toEqual(['restricted', 'baseline', 'restricted', 'restricted']);
    const guide = units[0]?.files.find(({ path }) => path.endsWith('.md'))?.text ?? '';
    expect(guide).toContain(
      'for namespace in mlops-toolings mlops-test music-test podcasts-test mlops-prod music-prod podcasts-prod; do',
    );
  });

  test('get their own alerts only where they want them', () => {
    const receivers = (model: string) =>
      JSON.stringify(
        units
          .find(({ unit }) => unit.name === `test/${model}`)
          ?.manifests.filter(({ object }) => object.kind === 'AlertmanagerConfig'),
      );
    expect(receivers('radio')).toContain('team-chat');
    expect(receivers('radio')).not.toContain('archive');
    expect(receivers('speech')).toContain('archive');
  });

  test('fit together with everything else: each alert reaches the one Trigger of its model', () => {
    expect(validateManifests(units.flatMap(({ manifests }) => manifests))).toEqual([]);
  });

  test('give their people rights in their own namespaces, and in no other', () => {
    const grant = {
      kind: 'Group' as const,
      namespace: undefined,
      role: 'edit' as const,
      environments: ['test', 'prod'],
      toolings: false,
    };
    const access = [
      { ...grant, name: 'operators', team: undefined },
      { ...grant, name: 'music-people', team: 'music' },
    ];
    const bindings = objectsOf(render({ ...workspace, access })).filter(
      ({ metadata }) => metadata.name === 'driftloop-edit',
    );
    const held = (name: string) =>
      bindings
        .filter((binding) => JSON.stringify(binding).includes(`"${name}"`))
        .map(({ metadata }) => metadata.namespace);
    expect(held('music-people')).toEqual(['music-prod', 'music-test']);
    expect(held('operators')).toHaveLength(6);
  });

  test('have monitors, dashboards and data sources of their own, which Grafana tells apart', () => {
    const everything = render({ ...workspace, platform: everyKindWorkspace.platform });
    expect(everything.map(({ unit }) => unit.directory)).toContain('environments/test/platform.music');
    const found = everything.flatMap(({ manifests }) =>
      manifests.filter(
        ({ object }) => object.kind.startsWith('Grafana') || object.kind === 'TrustyAIService',
      ),
    );
    expect(found.length).toBeGreaterThan(0);
    const places = found.map(
      ({ object }) => `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`,
    );
    expect(new Set(places).size).toBe(places.length);
    const titles = found.flatMap(({ object: { kind, spec } }) => {
      const { title, json, datasource } = spec as {
        title?: string;
        json?: string;
        datasource?: { name: string };
      };
      const uid = json === undefined ? undefined : (JSON.parse(json) as { uid: string }).uid;
      return [title ?? uid ?? datasource?.name].flatMap((name) =>
        name === undefined ? [] : [`${kind} ${name}`],
      );
    });
    expect(titles.length).toBeGreaterThan(6);
    expect(new Set(titles).size).toBe(titles.length);
    for (const title of titles.filter((each) => each.startsWith('GrafanaDashboard')))
      expect(title).toMatch(/^GrafanaDashboard [-\w]{1,40}$/);
  });

  test('change nothing for the models without one, nor for a workspace without teams', () => {
    const own = (each: Workspace) =>
      render(each)
        .filter(({ unit }) => unit.model === 'jukebox')
        .map(({ files }) => files);
    expect(own(workspace)).toEqual(own(jukeboxWorkspace));
  });
});
