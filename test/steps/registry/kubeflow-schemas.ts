import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';

/**
 * What the Kubeflow Model Registry takes, as far as it is used here: the required fields, names and types that
 * api/openapi/model-registry.yaml of kubeflow/model-registry (v1alpha3, commit 00a8ece4) states for ModelVersionCreate,
 * RegisteredModelCreate, ModelVersionUpdate and ModelArtifact, in words of our own.
 */
const text = { type: 'string' };
const value = (type: string, key: string, schema: object) => ({
  type: 'object',
  additionalProperties: false,
  required: ['metadataType', key],
  properties: { metadataType: { const: type }, [key]: schema },
});
const customProperties = {
  type: 'object',
  additionalProperties: {
    oneOf: [
      value('MetadataStringValue', 'string_value', text),
      value('MetadataIntValue', 'int_value', { type: 'string', pattern: '^-?([1-9][0-9]{0,8}|0)$' }),
      value('MetadataDoubleValue', 'double_value', { type: 'number' }),
      value('MetadataBoolValue', 'bool_value', { type: 'boolean' }),
    ],
  },
};
const basics = { customProperties, description: text, externalId: text };
const name = { type: 'string', minLength: 1 };
const state = { enum: ['LIVE', 'ARCHIVED'] };
const object = (required: readonly string[], properties: object) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties: { ...basics, ...properties },
});

const ajv = new Ajv({ strict: false });
const bodies: Readonly<Record<string, ValidateFunction>> = {
  'POST registered_models': ajv.compile(object(['name'], { name, state, owner: text })),
  'POST model_versions': ajv.compile(
    object(['name', 'registeredModelId'], {
      name,
      state,
      author: text,
      registeredModelId: { type: 'string', pattern: '^[1-9][0-9]{0,8}$' },
    }),
  ),
  'PATCH model_versions': ajv.compile(object([], { state, author: text })),
  'POST artifacts': ajv.compile(
    object(['artifactType'], { name, uri: text, artifactType: { const: 'model-artifact' }, state: text }),
  ),
};

export const kubeflowSchemas = {
  /** Why a body is refused; undefined: it is taken. */
  fault(method: string, collection: string, body: unknown): string | undefined {
    const validate = bodies[`${method} ${collection}`];
    if (validate === undefined) return `no ${method} of ${collection}`;
    return validate(body) ? undefined : ajv.errorsText(validate.errors);
  },
};
