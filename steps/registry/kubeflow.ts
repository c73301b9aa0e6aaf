import { z } from 'zod';
import { OutsideError } from '../../gitops/outside-error.js';
import type { ModelRegistry, RegisteredVersion, Stages } from './model-registry.js';
import { registryProperties } from './model-registry.js';
import { RegistryClient } from './registry-client.js';
import type { RegistryServer } from './registry-client.js';

const text = z.object({ metadataType: z.literal('MetadataStringValue'), string_value: z.string() });
const property = z.looseObject({ metadataType: z.string() });
const resource = z.object({
  id: z.string(),
  name: z.string(),
  customProperties: z.record(z.string(), property).optional(),
});

type Resource = z.output<typeof resource>;
type Properties = Readonly<Record<string, z.output<typeof property>>>;

const artifacts = z.object({ items: z.array(z.object({ uri: z.string().optional() })).optional() });

/**
 * The Kubeflow Model Registry, by its REST API v1alpha3. A property with an empty text is what its page shows as a label,
 * so the environments are such properties.
 */
export class KubeflowRegistry implements ModelRegistry {
  private readonly client: RegistryClient;

  constructor(server: RegistryServer) {
    this.client = new RegistryClient(server, 'api/model_registry/v1alpha3');
  }

  async ensure(version: RegisteredVersion): Promise<string> {
    const model = await this.ensureNamed('registered_model', { name: version.model }, {});
    const created = await this.ensureNamed(
      'model_version',
      { name: version.version, parentResourceId: model.id },
      {
        registeredModelId: model.id,
        author: 'driftloop',
        description: version.description,
        customProperties: Object.fromEntries(
          Object.entries(version.properties).map(([name, value]) => [name, asText(value)]),
        ),
      },
    );
    await this.ensureArtifact(created.id, version);
    return `${version.model}/${created.name}`;
  }

  async label(name: string, { environments, quarantined }: Stages): Promise<readonly string[]> {
    const model = await this.find('registered_model', { name });
    if (model === undefined) return [];
    const changes: string[] = [];
    for (const version of await this.listVersions(model.id)) {
      const wanted = new Set([
        ...[...environments].filter(([, runs]) => runs === version.name).map(([environment]) => environment),
        ...(quarantined.includes(version.name) ? [registryProperties.quarantined] : []),
      ]);
      const ours = [...environments.keys(), registryProperties.quarantined];
      const customProperties = relabel(version.customProperties ?? {}, ours, wanted);
      if (customProperties === undefined) continue;
      await this.replaceProperties(version.id, customProperties, ours, wanted);
      changes.push(`${name}: version ${version.name} is labelled ${[...wanted].join(', ') || 'nothing'}`);
    }
    return changes;
  }

  private find(kind: string, names: Readonly<Record<string, string>>): Promise<Resource | undefined> {
    const path = `${kind}?${new URLSearchParams(names).toString()}`;
    return this.client.trySend({ method: 'GET', path, answer: resource }, (status) => status === 404);
  }

  private async ensureNamed(
    kind: 'registered_model' | 'model_version',
    names: Readonly<Record<string, string>> & { readonly name: string },
    fields: object,
  ): Promise<Resource> {
    const known = await this.find(kind, names);
    if (known !== undefined) return known;
    const body = { name: names.name, ...fields };
    const created = await this.client.trySend(
      { method: 'POST', path: `${kind}s`, body, answer: resource },
      // Another run was faster.
      (status) => status === 409,
    );
    const found = created ?? (await this.find(kind, names));
    if (found !== undefined) return found;
    throw new OutsideError(`the model registry knows the name ${names.name}, but no ${kind} of it`);
  }

  private async ensureArtifact(
    version: string,
    { version: name, model, image }: RegisteredVersion,
  ): Promise<void> {
    const path = `model_versions/${version}/artifacts`;
    const { items = [] } = await this.client.send({ method: 'GET', path, answer: artifacts });
    if (items.some(({ uri }) => uri === image)) return;
    const body = { artifactType: 'model-artifact', name: `${model}-${name}`, uri: image };
    await this.client.send({ method: 'POST', path, body, answer: z.looseObject({}) });
  }

  private async listVersions(model: string): Promise<readonly Resource[]> {
    const page = z.object({ items: z.array(resource).default([]), nextPageToken: z.string().default('') });
    const found: Resource[] = [];
    let token = '';
    do {
      const query = new URLSearchParams({ pageSize: '100', ...(token !== '' && { nextPageToken: token }) });
      const path = `registered_models/${model}/versions?${query.toString()}`;
      const { items, nextPageToken } = await this.client.send({ method: 'GET', path, answer: page });
      found.push(...items);
      token = nextPageToken;
    } while (token !== '');
    return found;
  }

  /** Properties are replaced as a whole; a registry that keeps a removed one would show two versions in one place. */
  private async replaceProperties(
    id: string,
    customProperties: Properties,
    ours: readonly string[],
    wanted: ReadonlySet<string>,
  ): Promise<void> {
    const path = `model_versions/${id}`;
    const changed = await this.client.send({
      method: 'PATCH',
      path,
      body: { customProperties },
      answer: resource,
    });
    if (relabel(changed.customProperties ?? {}, ours, wanted) === undefined) return;
    throw new OutsideError(`the model registry keeps labels of version ${changed.name} that were removed`);
  }
}

function asText(value: string) {
  return { metadataType: 'MetadataStringValue', string_value: value } as const;
}

/**
 * The properties with the labels that are wanted, and without others of ours; undefined: they are so. A property with a
 * value of its own is no label, whatever its name is.
 */
function relabel(
  properties: Properties,
  ours: readonly string[],
  wanted: ReadonlySet<string>,
): Properties | undefined {
  const isLabel = (name: string) => text.safeParse(properties[name]).data?.string_value === '';
  const missing = [...wanted].filter((name) => properties[name] === undefined);
  const surplus = ours.filter((name) => !wanted.has(name) && isLabel(name));
  if (missing.length + surplus.length === 0) return undefined;
  const kept = Object.entries(properties).filter(([name]) => !surplus.includes(name));
  return { ...Object.fromEntries(kept), ...Object.fromEntries(missing.map((name) => [name, asText('')])) };
}
