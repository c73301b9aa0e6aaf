import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { eventsListenerName, labels, listenerName } from '../../../charts/conventions.js';
import { describeObject } from '../../../synth/manifest.js';
import type { KubernetesObject, Manifest } from '../../../synth/manifest.js';
import { emitManifests } from '../../../synth/emit.js';
import { rehearse } from '../../../validate/rehearse/rehearse.js';
import type { Rehearsal } from '../../../validate/rehearse/rehearse.js';

import { sampleRequests } from '../../../validate/rehearse/sample-requests.js';
import { prepareStage } from '../../../validate/rehearse/stage.js';
import { eventWorkspace } from '../../charts/event-fixture.js';
import { exampleManifests, renderAll } from '../good-manifests.js';
import { eventCases, requestCases } from './event-cases.js';
import { key } from './webhook.js';

const folder = 'test/fixtures/oracle/trigger-rehearse';

/** What Tekton Triggers' own code answered; see the README beside the fixtures. */
interface Answer {
  readonly request: string;
  readonly status: number;
  readonly created: readonly { readonly trigger: string; readonly object: KubernetesObject }[];
  readonly refused: readonly { readonly trigger?: string }[];
  readonly failed: readonly { readonly trigger?: string }[];
}

const counted = /00000000-0000-4000-8000-\d{12}/;

const tokens: Readonly<Record<string, string>> = {
  jukebox: 'rehearsed-token',
  events: key,
  requests: key,
  'edge-cases': 's3cret',
  expressions: 'secrettoken',
};

describe.each(Object.keys(tokens))('our rehearsal of %s agrees with Tekton Triggers', (name) => {
  const manifests = readManifests(`${folder}/${name}/manifests.yaml`);
  const answers = JSON.parse(readFileSync(`${folder}/${name}/answers.json`, 'utf8')) as readonly Answer[];
  const requests = readRequests(`${folder}/${name}`);
  const existing = new Set<string>();

  test('every request has an answer', () => {
    expect(answers.map((answer) => answer.request)).toEqual([...requests.keys()].sort());
  });

  test.each(answers.map((answer) => [answer.request, answer] as const))('%s', (file, answer) => {
    const request = requests.get(file) ?? { headers: {}, body: '' };
    const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
    const token = tokens[name] ?? '';
    const { headers, path = '/' } = request;
    const rehearsal = rehearse(manifests, { headers, body, path }, { token, existing });
    // A name with $(uid) in it is never the same again.
    for (const name of rehearsal.created.map(describeObject)) if (!counted.test(name)) existing.add(name);

    expect(rehearsal.status).toBe(answer.status);
    expect(sortByName(rehearsal.created)).toEqual(sortByName(answer.created.map(({ object }) => object)));
    expect(triggersWith(rehearsal, 'refused')).toEqual(namesOf(answer.refused));
    if (answer.status === 202) expect(triggersWith(rehearsal, 'failed')).toEqual(namesOf(answer.failed));
  });
});

/** Those that say what becomes of a request; Tasks and Pipelines change more often. */
const recordedKinds = ['EventListener', 'Trigger', 'AlertmanagerConfig', 'PrometheusRule'];

test('what was recorded is what is rendered today (else: UPDATE_GOLDEN=1, then record.mjs)', () => {
  const manifests = exampleManifests().filter(({ object }) => recordedKinds.includes(object.kind));
  expectRecorded('jukebox/manifests.yaml', emitManifests(manifests.map(({ object }) => object)));
  sampleRequests(prepareStage(exampleManifests()), 'jukebox', 'test').forEach(({ name, request }, index) => {
    const file = `jukebox/requests/${String(index + 1).padStart(2, '0')}-${name}.json`;
    expectRecorded(file, `${JSON.stringify(request, null, 1)}\n`);
  });
});

test.each([
  ['events', eventsListenerName, eventCases],
  ['requests', listenerName, requestCases],
] as const)('so is what was recorded of %s', (name, listener, cases) => {
  const events = renderAll(eventWorkspace).filter(
    ({ object }) =>
      (object.kind === 'EventListener' && object.metadata.name === listener) ||
      (object.kind === 'Trigger' &&
        object.metadata.labels?.[labels.listener] === listener &&
        // The program reaches no interceptors but Tekton's own.
        !object.metadata.name.endsWith('.event.registry')),
  );
  expectRecorded(`${name}/manifests.yaml`, emitManifests(events.map(({ object }) => object)));
  const requests = cases.map(({ kind, name, request }) => [`${kind}-${name}.json`, request] as const);
  expectRecorded(`${name}/requests.json`, `${JSON.stringify(Object.fromEntries(requests), null, 1)}\n`);
});

function expectRecorded(file: string, text: string): void {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(`${folder}/${file}`, text);
  expect(readFileSync(`${folder}/${file}`, 'utf8')).toBe(text);
}

interface RecordedRequest {
  readonly headers: Record<string, string>;
  readonly path?: string;
  readonly body: unknown;
}

/** By the name of a file: they stand in a folder, or together in one file. */
function readRequests(directory: string): ReadonlyMap<string, RecordedRequest> {
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  const together = `${directory}/requests.json`;
  if (existsSync(together)) {
    return new Map(Object.entries(read(together) as Record<string, RecordedRequest>));
  }
  const names = readdirSync(`${directory}/requests`);
  return new Map(
    names.map((name) => [name, read(`${directory}/requests/${name}`) as RecordedRequest] as const),
  );
}

function readManifests(file: string): readonly Manifest[] {
  const unit = { name: 'fixture', directory: 'fixture', environment: undefined, model: undefined };
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => ({
    unit,
    file,
    object: document.toJS() as KubernetesObject,
  }));
}

/** Ids are counted differently; objects of parallel Triggers have no order. */
function sortByName(objects: readonly KubernetesObject[]): readonly unknown[] {
  return objects
    .map((object) => JSON.stringify(object, sortedKeys).replace(new RegExp(counted, 'g'), 'ID'))
    .sort()
    .map((text) => JSON.parse(text) as unknown);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function triggersWith({ hops }: Rehearsal, outcome: 'refused' | 'failed'): readonly string[] {
  const names = hops
    .filter((hop) => hop.outcome === outcome && hop.trigger !== undefined)
    .map((hop) => hop.trigger?.replace(/^.*\//, '') ?? '');
  return [...new Set(names)].sort();
}

function namesOf(notes: readonly { readonly trigger?: string }[]): readonly string[] {
  return [...new Set(notes.map((note) => note.trigger ?? ''))].sort();
}
