import type { RegistryEvent } from '../../../config/model-triggers.js';
import type { RehearsalRequest } from '../../../validate/rehearse/rehearsal.js';
import type { Changes } from '../good-manifests.js';
import type { EventCase } from './event-cases.js';
import { readBody, webhook } from './webhook.js';

type Kind = RegistryEvent['kind'];
type Case = readonly [name: string, starts: boolean, changes: Changes];

const version = 'data.version';

/** What MLflow may have signed; the models wait for `song-embeddings`. */
function listSigned(kind: Kind): readonly Case[] {
  const everything = Object.keys(readBody(`mlflow-${kind}`)).map((name) => [name, undefined] as const);
  return [
    ['captured', true, {}],
    ['other-model', false, { 'data.name': 'song-embeddings-old' }],
    ['another-version', true, { [version]: '1234567890123456' }],
    ['version-too-long', false, { [version]: '12345678901234567' }],
    ['version-number', false, { [version]: 7 }],
    ['D35-version-with-variable', false, { [version]: '$(context.pipelineRun.name)' }],
    ['version-with-hyphen', false, { [version]: '7-' }],
    ['no-version', false, { [version]: undefined }],
    ['other-entity', false, { entity: 'prompt_version' }],
    ['other-action', false, { action: 'deleted' }],
    ['no-data', false, { data: null }],
    ['empty-object', false, Object.fromEntries(everything)],
  ];
}

const ofKind: Readonly<Record<Kind, readonly Case[]>> = {
  version: [['description-with-variable', true, { 'data.description': '$(id)' }]],
  alias: [
    ['other-alias', false, { 'data.alias': 'challenger' }],
    ['no-time', false, { timestamp: undefined }],
    ['D35-time-with-variable', false, { timestamp: '$(id)' }],
  ],
  tag: [
    ['other-key', false, { 'data.key': 'dataset' }],
    ['other-value', false, { 'data.value': 'no' }],
    ['no-time', false, { timestamp: undefined }],
  ],
};

/** Requests that somebody else than MLflow could send. */
function listForged(kind: Kind): readonly EventCase[] {
  const right = webhook(`mlflow-${kind}`);
  const without = (name: string) =>
    Object.fromEntries(Object.entries(right.headers).filter(([header]) => header !== name));
  const changed = (name: string, value: string) => ({
    ...right,
    headers: { ...right.headers, [name]: value },
  });
  const requests: Readonly<Record<string, RehearsalRequest>> = {
    'no-signature': { ...right, headers: without('X-Mlflow-Signature') },
    'no-delivery': { ...right, headers: without('X-MLflow-Delivery-Id') },
    'no-timestamp': { ...right, headers: without('X-MLflow-Timestamp') },
    'wrong-signature': changed('X-Mlflow-Signature', `v1,${'A'.repeat(43)}=`),
    'signature-without-version': changed('X-Mlflow-Signature', 'AAAA'),
    'empty-signature': changed('X-Mlflow-Signature', ''),
    'other-delivery': changed('X-MLflow-Delivery-Id', '00000000-0000-4000-8000-000000000000'),
    'other-timestamp': changed('X-MLflow-Timestamp', '1795241561'),
    'changed-after-signing': { ...right, body: right.body.replace('song-embeddings', 'song-embeddings ') },
  };
  return Object.entries(requests).map(([name, request]) => ({
    name,
    kind: `mlflow-${kind}`,
    request,
    starts: false,
  }));
}

/** Every case of every event; the first of each is the event as it was captured. */
export const registryCases: readonly EventCase[] = (['version', 'alias', 'tag'] as const).flatMap((kind) => [
  ...[...listSigned(kind), ...ofKind[kind]].map(([name, starts, changes]) => ({
    name,
    kind: `mlflow-${kind}`,
    request: webhook(`mlflow-${kind}`, changes),
    starts,
  })),
  ...listForged(kind),
]);
