import { applicationName, runNamePrefix, triggerName } from '../../charts/conventions.js';
import { deploy, jukeboxWorkspace, objectsOf, render, serve, server } from './workspace-fixture.js';

describe('names', () => {
  const long = 'a-model-whose-name-is-as-long-as-a-dns-label-may-be-at-its-most-x'.slice(0, 63);
  const environments = [
    'an-environment-whose-name-goes-on-and-on',
    'an-environment-whose-name-goes-on-and-off',
  ].map((name) => ({ name, namespace: name, team: undefined, cluster: undefined }));
  const units = render({
    ...jukeboxWorkspace,
    platform: { ...jukeboxWorkspace.platform, name: 'a-platform-of-twenty' },
    environments,
    models: [
      { ...serve(long, server), deployments: environments.map((environment) => deploy(environment, server)) },
    ],
  });

  test('of long models, environments and platforms keep to 63 characters and stay unique', () => {
    const identities = objectsOf(units).map(
      ({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''} ${metadata.name}`,
    );
    expect(new Set(identities).size).toBe(identities.length);
    for (const { metadata } of objectsOf(units)) {
      expect(metadata.name).toMatch(/^[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?$/);
      for (const value of Object.values(metadata.labels ?? {})) expect(value.length).toBeLessThanOrEqual(63);
    }
  });

  test('of runs keep to 63 characters with fingerprint and start time', () => {
    const suffix = `${'f'.repeat(16)}-20261121021026`;
    const names = environments.map(({ name }) => `${runNamePrefix(long, name)}${suffix}`);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][-a-z0-9]{0,61}[a-z0-9]$/);
  });

  test('tell a model a-b in c from a model a in b-c', () => {
    expect(triggerName('a-b', 'c')).not.toBe(triggerName('a', 'b-c'));
    expect(applicationName('p', 'c/a-b')).not.toBe(applicationName('p', 'c-a/b'));
    expect(applicationName('p', 'q-r/a')).not.toBe(applicationName('p-q', 'r/a'));
  });
});
