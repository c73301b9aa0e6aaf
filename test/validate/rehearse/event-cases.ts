import type { RehearsalRequest } from '../../../validate/rehearse/rehearsal.js';
import { objectCases } from './object-cases.js';
import { pushCases } from './push-cases.js';
import { key, webhook } from './webhook.js';

/** An event, and whether it starts a run of the model that is called like its kind. */
export interface EventCase {
  readonly name: string;
  readonly kind: string;
  readonly request: RehearsalRequest;
  readonly starts: boolean;
}

/** Every event that tests send to the listener of events; those of one kind begin with the captured one. */
export const eventCases: readonly EventCase[] = [
  ...pushCases,
  ...(
    [
      ['new-data', true, { added: ['data/songs.csv.dvc'] }],
      ['new-lock', true, { modified: ['dvc.lock'] }],
      ['no-data', false, { modified: ['src/train.mjs', 'data/songs.csv', 'dvc.lock.bak', 'x.dvc/y'] }],
    ] as const
  ).map(([name, starts, files]) => {
    const commits = [{ id: 'a'.repeat(40), added: [], removed: [], modified: [], ...files }];
    const request = webhook('gitea-push', { ref: 'refs/heads/data', commits, total_commits: 1 });
    return { name, kind: 'fed', request, starts };
  }),
  ...objectCases,
];

const right = { startedBy: 'schedule', model: 'requested', id: '29345678' };

const bodies: readonly (readonly [name: string, starts: boolean, body: object])[] = [
  ['schedule', true, right],
  ['schedule-again', false, right],
  ['manual', true, { ...right, startedBy: 'manual', id: 'ada-2026-11-21' }],
  ['longest-id', true, { ...right, id: 'x'.repeat(31) }],
  ['id-too-long', false, { ...right, id: 'x'.repeat(32) }],
  ['id-with-hyphen-last', false, { ...right, id: 'a-' }],
  ['id-empty', false, { ...right, id: '' }],
  ['id-number', false, { ...right, id: 29345678 }],
  ['id-with-variable', false, { ...right, id: '$(context.pipelineRun.name)' }],
  ['id-in-capitals', false, { ...right, id: 'ABC' }],
  ['no-id', false, { startedBy: 'manual', model: 'requested' }],
  ['other-model', false, { ...right, model: 'another' }],
  ['other-cause', false, { ...right, startedBy: 'alert' }],
  ['unknown-cause', false, { ...right, startedBy: 'me' }],
  ['model-list', false, { ...right, model: ['requested'] }],
];

const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };

/** Requests of our own form. */
export const requestCases: readonly EventCase[] = [
  ...bodies.map(([name, starts, body]) => ({
    name,
    kind: 'requested',
    request: { headers, body: JSON.stringify(body) },
    starts,
  })),
  ...Object.entries({
    'no-token': { 'content-type': 'application/json' },
    'wrong-token': { ...headers, authorization: 'Bearer guessed' },
    'empty-token': { ...headers, authorization: 'Bearer ' },
    'basic-token': { ...headers, authorization: `Basic ${key}` },
  }).map(([name, other]) => ({
    name,
    kind: 'requested',
    request: { headers: other, body: JSON.stringify({ ...right, id: name }) },
    starts: false,
  })),
];
