import { z } from 'zod';
import {
  builtInAutoscaling,
  builtInEngines,
  builtInPlatform,
  builtInRollout,
  builtInServer,
  builtInServing,
  builtInServingAccount,
  builtInSource,
  builtInTraining,
  builtInTransformer,
} from '../catalogue/defaults.js';
import { modelSchema } from './model-schema.js';
import { platformSchema } from './platform-schema.js';

/** A JSON schema, as far as this project looks into one. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

let made: Readonly<Record<'driftloop' | 'model', JsonSchema>> | undefined;

/**
 * The JSON schemas for editors, by the name of their file: `driftloop` and `model`.
 * `schemas/<name>.schema.json` holds each with two spaces of indentation and a line end.
 */
export function jsonSchemas(): Readonly<Record<'driftloop' | 'model', JsonSchema>> {
  made ??= {
    driftloop: addDefaults(jsonSchemaOf(platformSchema), { ...builtInPlatform, defaults: sectionDefaults }),
    model: addDefaults(jsonSchemaOf(modelSchema), { source: builtInSource, ...sectionDefaults }),
  };
  return made;
}

const sectionDefaults = {
  training: {
    ...builtInEngines.trainjob,
    ...builtInEngines.spark,
    ...builtInEngines.container,
    ...builtInTraining,
  },
  rollout: builtInRollout,
  serving: {
    ...builtInServing.inferenceservice,
    ...builtInServing.deployment,
    autoscaling: { min: builtInAutoscaling.min, metric: builtInAutoscaling.metric },
    serviceAccount: builtInServingAccount,
    server: builtInServer,
    transformer: builtInTransformer,
  },
};

/** The JSON schema of what may be written. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as JsonSchema; // Plain JSON, read only.
}

/** Writes built-in defaults into the schema, so that the editor shows them. */
function addDefaults(schema: JsonSchema, defaults: object): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([key, property]) => {
    const value: unknown = Object.entries(defaults).find(([name]) => name === key)?.[1];
    if (value === undefined) return [key, property] as const;
    const nested =
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      property.properties !== undefined;
    return [key, nested ? addDefaults(property, value) : { ...property, default: value }] as const;
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** The schema of the value at a path; undefined when the schema knows none. */
export function schemaAt(schema: JsonSchema, path: readonly (string | number)[]): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((current, part) => {
    if (current === undefined) return undefined;
    if (typeof part === 'number') return itemSchema(current);
    const known = Object.hasOwn(current.properties ?? {}, part) ? current.properties?.[part] : undefined;
    return (
      known ?? (typeof current.additionalProperties === 'object' ? current.additionalProperties : undefined)
    );
  }, schema);
}

function itemSchema({ items }: JsonSchema): JsonSchema | undefined {
  return Array.isArray(items) ? (items as readonly JsonSchema[])[0] : (items as JsonSchema | undefined); // isArray does not narrow readonly arrays.
}
