import { z } from 'zod';
import type { ModelRegistry, RegisteredVersion, Stages } from './model-registry.js';
import { registryProperties } from './model-registry.js';
import { RegistryClient } from './registry-client.js';
import type { RegistryServer } from './registry-client.js';

const anything = z.looseObject({});

const modelVersion = z.object({
  version: z.coerce.string(),
  tags: z.array(z.object({ key: z.string(), value: z.string().optional() })).default([]),
});

type ModelVersion = z.output<typeof modelVersion>;

const registeredModel = z.object({
  registered_model: z.object({
    aliases: z.array(z.object({ alias: z.string(), version: z.coerce.string() })).default([]),
  }),
});

/** Longest value of a tag that every version of MLflow takes. */
const tagLimit = 5000;

/**
 * MLflow, by its REST API 2.0. It counts versions itself, so ours is a tag, by which a version is found again; the
 * environments are aliases.
 */
export class MlflowRegistry implements ModelRegistry {
  private readonly client: RegistryClient;

  constructor(server: RegistryServer) {
    this.client = new RegistryClient(server, 'api/2.0/mlflow');
  }

  async ensure(version: RegisteredVersion): Promise<string> {
    const { model } = version;
    await this.ensureModel(model);
    const known = await this.findVersion(model, version.version);
    return `${model}/${(known ?? (await this.createVersion(version))).version}`;
  }

  async label(model: string, { environments, quarantined }: Stages): Promise<readonly string[]> {
    const aliases = await this.readAliases(model);
    const versions = await this.listVersions(model);
    const changes: string[] = [];
    for (const [alias, version] of environments) {
      const wanted = versions.find((each) => ownVersion(each) === version && version !== undefined)?.version;
      const current = aliases.get(alias);
      if (current === wanted) continue;
      await this.moveAlias(model, alias, wanted);
      changes.push(`${model}: alias ${alias} ${wanted === undefined ? 'removed' : `on ${wanted}`}`);
    }
    for (const each of versions) {
      const condemned = quarantined.includes(ownVersion(each) ?? '');
      if (condemned === each.tags.some(({ key }) => key === registryProperties.quarantined)) continue;
      await this.tagQuarantine(model, each.version, condemned);
      changes.push(
        `${model}: version ${each.version} ${condemned ? 'quarantined' : 'no longer quarantined'}`,
      );
    }
    return changes;
  }

  private async ensureModel(name: string): Promise<void> {
    if ((await this.readModel(name)) !== undefined) return;
    await this.client.trySend(
      { method: 'POST', path: 'registered-models/create', body: { name }, answer: anything },
      // Another run was faster.
      (_, text) => text.includes('RESOURCE_ALREADY_EXISTS'),
    );
  }

  private readModel(name: string): Promise<z.output<typeof registeredModel> | undefined> {
    const path = `registered-models/get?${new URLSearchParams({ name }).toString()}`;
    return this.client.trySend({ method: 'GET', path, answer: registeredModel }, (status) => status === 404);
  }

  private async readAliases(name: string): Promise<ReadonlyMap<string, string>> {
    const aliases = (await this.readModel(name))?.registered_model.aliases ?? [];
    return new Map(aliases.map(({ alias, version }) => [alias, version]));
  }

  private async findVersion(model: string, version: string): Promise<ModelVersion | undefined> {
    return (await this.listVersions(model)).find((each) => ownVersion(each) === version);
  }

  /** Only ours, of which there is one for each run that came so far. */
  private async listVersions(model: string): Promise<readonly ModelVersion[]> {
    const page = z.object({
      model_versions: z.array(modelVersion).default([]),
      next_page_token: z.string().optional(),
    });
    const found: ModelVersion[] = [];
    let token = '';
    do {
      const query = new URLSearchParams({ filter: `name='${model}'`, max_results: '200' });
      if (token !== '') query.set('page_token', token);
      const path = `model-versions/search?${query.toString()}`;
      const { model_versions: versions, next_page_token: next = '' } = await this.client.send({
        method: 'GET',
        path,
        answer: page,
      });
      found.push(...versions.filter((each) => ownVersion(each) !== undefined));
      token = next;
    } while (token !== '');
    return found;
  }

  private async createVersion(version: RegisteredVersion): Promise<ModelVersion> {
    const { model, image, description, properties } = version;
    const tags = { ...properties, [registryProperties.version]: version.version };
    const { model_version: created } = await this.client.send({
      method: 'POST',
      path: 'model-versions/create',
      body: {
        name: model,
        source: image,
        description,
        tags: Object.entries(tags).map(([key, value]) => ({ key, value: value.slice(0, tagLimit) })),
      },
      answer: z.object({ model_version: modelVersion }),
    });
    return created;
  }

  private async moveAlias(name: string, alias: string, version: string | undefined): Promise<void> {
    const path = 'registered-models/alias';
    await (version === undefined
      ? this.client.send({ method: 'DELETE', path, body: { name, alias }, answer: anything })
      : this.client.send({ method: 'POST', path, body: { name, alias, version }, answer: anything }));
  }

  private async tagQuarantine(name: string, version: string, condemned: boolean): Promise<void> {
    const key = registryProperties.quarantined;
    await (condemned
      ? this.client.send({
          method: 'POST',
          path: 'model-versions/set-tag',
          body: { name, version, key, value: 'true' },
          answer: anything,
        })
      : this.client.send({
          method: 'DELETE',
          path: 'model-versions/delete-tag',
          body: { name, version, key },
          answer: anything,
        }));
  }
}

/** Our name of a version; undefined: somebody else has registered it. */
function ownVersion({ tags }: ModelVersion): string | undefined {
  return tags.find(({ key }) => key === registryProperties.version)?.value;
}
