import type { StoreKind } from '../../../config/model-triggers.js';
import { storeKinds } from '../../../config/model-triggers.js';
import type { Changes } from '../good-manifests.js';
import type { EventCase } from './event-cases.js';
import { key as token, readBody, webhook } from './webhook.js';

/** Where each store says what a message is about. */
const places: Readonly<Record<StoreKind, { readonly bucket: string; readonly object: string }>> = {
  s3: { bucket: 'Records.0.s3.bucket.name', object: 'Records.0.s3.object' },
  eventbridge: { bucket: 'detail.bucket.name', object: 'detail.object' },
};

type Case = readonly [name: string, starts: boolean, changes: Changes];

/** What both stores may say; the models wait for `jukebox/2026 *.parquet` in `training-data`. */
function listShared(kind: StoreKind): readonly Case[] {
  const { bucket, object } = places[kind];
  const written = (key: string): Changes => ({
    [`${object}.key`]: kind === 's3' ? encodeURIComponent(key).replaceAll('%20', '+') : key,
  });
  const everything = Object.keys(readBody(`${kind}-created`)).map((name) => [name, undefined] as const);
  return [
    ['captured', true, {}],
    ['other-bucket', false, { [bucket]: 'training-data-old' }],
    ['other-prefix', false, written('jukebox/2025 11/songs.parquet')],
    ['prefix-in-the-middle', false, written('x/jukebox/2026 11/songs.parquet')],
    ['other-suffix', false, written('jukebox/2026 11/songs.parquet.tmp')],
    ['key-of-another-alphabet', true, written('jukebox/2026 über/Lieder.parquet')],
    ['D35-key-with-variable', true, written('jukebox/2026 $(context.pipelineRun.name).parquet')],
    ['key-with-quotes', true, written(`jukebox/2026 "},{'&a=b?c#d.parquet`)],
    ['long-key', true, written(`jukebox/2026 ${'x'.repeat(900)}.parquet`)],
    ['key-number', false, { [`${object}.key`]: 12 }],
    ['D35-sequencer-with-variable', false, { [`${object}.sequencer`]: '$(id)' }],
    ['sequencer-with-hyphen-last', false, { [`${object}.sequencer`]: '00ff-' }],
    ['no-sequencer', false, { [`${object}.sequencer`]: undefined }],
    ['long-sequencer', true, { [`${object}.sequencer`]: 'ABCDEF0123456789'.repeat(4) }],
    ['empty-object', false, Object.fromEntries(everything)],
  ];
}

const record = (readBody('s3-created') as { readonly Records: readonly object[] }).Records[0];
const removed = { ...record, eventName: 's3:ObjectRemoved:Delete' };

const ofRecords: readonly Case[] = [
  ['key-as-aws-writes-it', true, { 'Records.0.s3.object.key': 'jukebox/2026+11/songs.parquet' }],
  ['event-as-aws-calls-it', true, { 'Records.0.eventName': 'ObjectCreated:CompleteMultipartUpload' }],
  ['encoded-twice', false, { 'Records.0.s3.object.key': 'jukebox%252F2026+11%252Fsongs.parquet' }],
  ['wrongly-encoded', false, { 'Records.0.s3.object.key': 'jukebox%2F2026+%zz.parquet' }],
  ['deleted', false, { 'Records.0.eventName': 's3:ObjectRemoved:Delete' }],
  ['tagged', false, { 'Records.0.eventName': 's3:ObjectCreated:PutTagging' }],
  ['read', false, { 'Records.0.eventName': 's3:ObjectAccessed:Get' }],
  ['wanted-among-several', true, { Records: [removed, removed, record] }],
  ['several-wanted', true, { Records: [record, record] }],
  ['nothing-wanted-among-several', false, { Records: [removed, removed] }],
  ['record-without-fields', false, { Records: [{}, record] }],
  ['no-records', false, { Records: [] }],
  ['records-are-text', false, { Records: 's3:ObjectCreated:Put' }],
];

const ofEventBridge: readonly Case[] = [
  ['deleted', false, { 'detail-type': 'Object Deleted' }],
  ['tagged', false, { 'detail-type': 'Object Tags Added' }],
  ['other-service', false, { source: 'my.s3' }],
];

/** Requests that somebody else than the store could send. */
function listForged(kind: StoreKind): readonly EventCase[] {
  const right = webhook(`${kind}-created`);
  const tokens = {
    'no-token': undefined,
    'wrong-token': 'Bearer guessed',
    'empty-token': 'Bearer ',
    'basic-token': `Basic ${token}`,
    'bare-token': token,
  };
  return Object.entries(tokens).map(([name, value]) => {
    const others = Object.entries(right.headers).filter(([header]) => header !== 'Authorization');
    const headers = Object.fromEntries(value === undefined ? others : [...others, ['Authorization', value]]);
    return { name, kind, request: { ...right, headers }, starts: false };
  });
}

/** Every case of every store; the first of each is the event as it was captured. */
export const objectCases: readonly EventCase[] = storeKinds.flatMap((kind) => [
  ...[...listShared(kind), ...(kind === 's3' ? ofRecords : ofEventBridge)].map(([name, starts, changes]) => ({
    name,
    kind,
    request: webhook(`${kind}-created`, changes),
    starts,
  })),
  ...listForged(kind),
]);
