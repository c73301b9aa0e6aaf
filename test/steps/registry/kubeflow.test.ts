import { KubeflowRegistry } from '../../../steps/registry/kubeflow.js';
import { describeVersion, testRegistry } from './contract.js';
import type { Seen } from './contract.js';
import { FakeKubeflow } from './fake-kubeflow.js';

let fake: FakeKubeflow;
let url: string;

beforeEach(async () => {
  fake = new FakeKubeflow();
  url = await fake.start();
});

afterEach(() => {
  fake.stop();
});

const open = () => new KubeflowRegistry({ url: `${url}/`, token: 'secret-token', authority: undefined });

type Properties = Readonly<Record<string, { readonly string_value: string }>>;

function look(model: string): Promise<ReadonlyMap<string, Seen>> {
  const parent = fake.stored.find(({ kind, name }) => kind === 'registered_models' && name === model);
  const versions = fake.stored.filter((each) => each.kind === 'model_versions' && each.parent === parent?.id);
  return Promise.resolve(
    new Map(
      versions.map(({ name, body, artifacts }) => {
        const { customProperties = {} } = body as { customProperties?: Properties };
        const labels = Object.entries(customProperties).filter(([, { string_value: text }]) => text === '');
        const names = labels.map(([label]) => label);
        return [
          name,
          {
            image: String(artifacts[0]?.uri),
            labels: names.filter((label) => label !== 'driftloop.quarantined'),
            quarantined: names.includes('driftloop.quarantined'),
            properties: Object.fromEntries(
              Object.entries(customProperties).map(([key, { string_value: text }]) => [key, text]),
            ),
          },
        ];
      }),
    ),
  );
}

testRegistry(open, look);

test('every request bears the token', async () => {
  await open().ensure(describeVersion('jukebox', 'v-1'));
  expect(new Set(fake.tokens)).toEqual(new Set(['Bearer secret-token']));
});

test('a step that was killed after the version leaves no version without its model', async () => {
  await open().ensure(describeVersion('jukebox', 'v-1'));
  fake.stored.find(({ kind }) => kind === 'model_versions')?.artifacts.splice(0);
  await open().ensure(describeVersion('jukebox', 'v-1'));
  expect((await look('jukebox')).get('v-1')?.image).toContain('@sha256:');
});

test("a person's property with the name of an environment is neither taken for a label nor removed", async () => {
  await open().ensure(describeVersion('jukebox', 'v-1'));
  const [, version] = fake.stored;
  const own = { metadataType: 'MetadataStringValue', string_value: 'a remark' };
  if (version !== undefined) version.body = { ...version.body, customProperties: { prod: own } };
  const environments = new Map([['prod', undefined]]);
  expect(await open().label('jukebox', { environments, quarantined: [] })).toEqual([]);
  expect((await look('jukebox')).get('v-1')?.properties).toEqual({ prod: 'a remark' });
});

test('a registry that keeps what is removed is no success', async () => {
  await open().ensure(describeVersion('jukebox', 'v-1'));
  const label = (version: string | undefined) =>
    open().label('jukebox', { environments: new Map([['prod', version]]), quarantined: [] });
  await label('v-1');
  fake.merges = true;
  await expect(label(undefined)).rejects.toThrow('keeps labels of version v-1 that were removed');
});

test('a registry that is down, or answers with a page, is a failure outside', async () => {
  fake.stop();
  await expect(open().ensure(describeVersion('jukebox', 'v-1'))).rejects.toThrow('cannot be reached');
});
