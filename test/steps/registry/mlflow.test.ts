import { MlflowRegistry } from '../../../steps/registry/mlflow.js';
import { testRegistry } from './contract.js';
import type { Seen } from './contract.js';
import { findMlflow, MlflowServer } from './mlflow-server.js';

const python = findMlflow();
const reason = 'MLflow as registry (needs python3 with venv, and PyPI)';

interface Found {
  readonly version: string;
  readonly source: string;
  readonly aliases?: readonly string[];
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

if (python === undefined) {
  if (process.env.CI === 'true') {
    test(reason, () => {
      throw new Error('MLflow cannot be installed here');
    });
  } else {
    test.skip(reason, () => undefined);
  }
} else {
  describe('MLflow as registry', () => {
    const server = new MlflowServer();
    let url: string;

    beforeAll(async () => {
      url = await server.start(python);
      await waitFor(`${url}/health`);
    }, 120_000);

    afterAll(() => {
      server.stop();
    });

    const open = () => new MlflowRegistry({ url, token: undefined, authority: undefined });

    testRegistry(open, async (model) => {
      const get = async (path: string, query: Readonly<Record<string, string>>) => {
        const response = await fetch(
          `${url}/api/2.0/mlflow/${path}?${new URLSearchParams(query).toString()}`,
        );
        return (await response.json()) as Record<string, unknown>;
      };
      const filter = `name='${model}'`;
      const { model_versions: found = [] } = await get('model-versions/search', { filter });
      const { registered_model: registered } = await get('registered-models/get', { name: model });
      const { aliases = [] } = registered as { aliases?: { alias: string; version: string }[] };
      return new Map((found as readonly Found[]).map((each) => tellVersion(each, aliases)));
    });

    test('a token is sent, and a registry that is no MLflow is said to be none', async () => {
      const other = new MlflowRegistry({
        url: `${url}/nowhere`,
        token: 'secret-token',
        authority: undefined,
      });
      const failure = await other.label('model', { environments: new Map(), quarantined: [] }).then(
        () => undefined,
        (error: unknown) => String(error),
      );
      expect(failure).toContain('model registry');
      expect(failure).not.toContain('secret-token');
    });
  });
}

function tellVersion(
  { version, source, tags = [] }: Found,
  aliases: readonly { alias: string; version: string }[],
): [string, Seen] {
  const properties = Object.fromEntries(tags.map(({ key, value }) => [key, value]));
  return [
    properties['driftloop.version'] ?? version,
    {
      image: source,
      labels: aliases.filter((each) => each.version === version).map(({ alias }) => alias),
      quarantined: properties['driftloop.quarantined'] === 'true',
      properties,
    },
  ];
}

/** The server answers once it is ready; until then its port is closed. */
async function waitFor(address: string): Promise<void> {
  const end = Date.now() + 110_000;
  for (;;) {
    const ready = await fetch(address).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    if (Date.now() > end) throw new Error(`${address} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
