import type { ModelRegistry, RegisteredVersion } from '../../../steps/registry/model-registry.js';

export function describeVersion(model: string, version: string): RegisteredVersion {
  return {
    model,
    version,
    image: `oci://registry.example.com/${model}@sha256:${'a'.repeat(64)}`,
    description: '| metric | value |\n| --- | --- |\n| accuracy | 0.93 |',
    properties: {
      'driftloop.run': 'jukebox-test-1',
      'driftloop.event': 'a7a3ee508e5723cd',
      'driftloop.metrics': '{"accuracy":0.93}',
      'driftloop.source': `$(params.x) "quotes" 'more' <b>\n🚀`,
    },
  };
}

/** What a person sees in the registry of one version. */
export interface Seen {
  readonly labels: readonly string[];
  readonly quarantined: boolean;
  readonly image: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** What every registry must do, whoever has made it. */
export function testRegistry(
  open: () => ModelRegistry,
  look: (model: string) => Promise<ReadonlyMap<string, Seen>>,
): void {
  const stages = (test?: string, prod?: string, ...quarantined: string[]) => ({
    environments: new Map([
      ['test', test],
      ['prod', prod],
    ]),
    quarantined,
  });
  const labelsOf = async (model: string) =>
    Object.fromEntries(
      [...(await look(model))].map(([version, { labels }]) => [version, [...labels].sort()]),
    );

  test('D19: a version is registered once, however often a step is repeated, with what it comes from', async () => {
    const version = describeVersion('once', 'v-1');
    const registry = open();
    const name = await registry.ensure(version);
    expect(await registry.ensure(version)).toBe(name);
    await Promise.all([open().ensure(version), open().ensure(version)]);
    const seen = await look('once');
    expect([...seen.keys()]).toEqual(['v-1']);
    expect(seen.get('v-1')).toMatchObject({ image: version.image, labels: [], quarantined: false });
    expect(seen.get('v-1')?.properties).toMatchObject(version.properties);
  });

  test('labels move with a release, a promotion and a rollback, and stay when nothing has changed', async () => {
    const registry = open();
    for (const version of ['v-1', 'v-2']) await registry.ensure(describeVersion('moves', version));
    await registry.label('moves', stages('v-1'));
    expect(await labelsOf('moves')).toEqual({ 'v-1': ['test'], 'v-2': [] });
    await registry.label('moves', stages('v-2', 'v-1'));
    expect(await labelsOf('moves')).toEqual({ 'v-1': ['prod'], 'v-2': ['test'] });
    await registry.label('moves', stages('v-2', 'v-2'));
    expect(await labelsOf('moves')).toEqual({ 'v-1': [], 'v-2': ['prod', 'test'] });
    expect(await registry.label('moves', stages('v-2', 'v-2'))).toEqual([]);
    await registry.label('moves', stages('v-1', undefined));
    expect(await labelsOf('moves')).toEqual({ 'v-1': ['test'], 'v-2': [] });
  });

  test('a quarantined version is marked, and no longer when that is lifted', async () => {
    const registry = open();
    for (const version of ['v-1', 'v-2']) await registry.ensure(describeVersion('bad', version));
    await registry.label('bad', stages('v-1', undefined, 'v-2', 'v-unknown'));
    expect((await look('bad')).get('v-2')?.quarantined).toBe(true);
    expect((await look('bad')).get('v-1')?.quarantined).toBe(false);
    expect(await registry.label('bad', stages('v-1', undefined, 'v-2', 'v-unknown'))).toEqual([]);
    await registry.label('bad', stages('v-1'));
    expect((await look('bad')).get('v-2')?.quarantined).toBe(false);
  });

  test('what nobody has registered is labelled nowhere', async () => {
    const registry = open();
    expect(await registry.label('unknown', stages('v-1'))).toEqual([]);
    await registry.ensure(describeVersion('known', 'v-1'));
    expect(await registry.label('known', stages('v-9'))).toEqual([]);
  });

  test('more versions than one page holds are all looked at', async () => {
    const registry = open();
    for (let index = 0; index < 12; index += 1) await registry.ensure(describeVersion('many', `v-${index}`));
    await registry.label('many', stages('v-0', 'v-11'));
    const labels = await labelsOf('many');
    expect(Object.keys(labels)).toHaveLength(12);
    expect([labels['v-0'], labels['v-11']]).toEqual([['test'], ['prod']]);
  });
}
