import type { ObjectTrigger, StoreKind } from '../../../config/model-triggers.js';
import { eventsListenerName, runNameSuffixLength } from '../../conventions.js';
import { bearerToken, celText } from './cel-text.js';
import type { EventTrigger } from './event-trigger.js';

/** How a store tells of an object, as CEL. */
interface Store {
  /** When a message tells of one of these objects. */
  conditions(trigger: ObjectTrigger): readonly string[];
  /** The first of these objects, for when the conditions hold. */
  object(trigger: ObjectTrigger): StoredObject;
}

interface StoredObject {
  /** Its key behind a slash, decoded. */
  readonly key: string;
  /** Hexadecimal digits that grow with every write, the same when the message is sent again. */
  readonly sequencer: string;
}

/** Not the tags, locks and retention that MinIO also calls created. */
const writes = '^(s3:)?ObjectCreated:(Put|Post|Copy|CompleteMultipartUpload)$';

const stores: Readonly<Record<StoreKind, Store>> = {
  s3: {
    conditions: (trigger) => ['has(body.Records)', `body.Records.exists(record, ${isWanted(trigger)})`],
    object: (trigger) => {
      const record = `body.Records.filter(record, ${isWanted(trigger)})[0]`;
      return { key: decodeKey(`${record}.s3.object.key`), sequencer: `${record}.s3.object.sequencer` };
    },
  },
  eventbridge: {
    conditions: (trigger) => [
      `has(body.source) && body.source == 'aws.s3'`,
      `'detail-type' in body && body['detail-type'] == 'Object Created'`,
      `body.detail.bucket.name == ${celText(trigger.bucket)}`,
      ...hasKey(eventBridgeKey, trigger),
      isSequencer('body.detail.object.sequencer'),
    ],
    object: () => ({ key: eventBridgeKey, sequencer: 'body.detail.object.sequencer' }),
  },
};

/** EventBridge sends keys as they are. */
const eventBridgeKey = `('/' + body.detail.object.key)`;

function isWanted(trigger: ObjectTrigger): string {
  return [
    `record.eventName.matches(${celText(writes)})`,
    `record.s3.bucket.name == ${celText(trigger.bucket)}`,
    ...hasKey(decodeKey('record.s3.object.key'), trigger),
    isSequencer('record.s3.object.sequencer'),
  ].join(' && ');
}

/** Keys come as in the query of a URL, where a plus is a space; MinIO encodes their slashes, too. */
function decodeKey(encoded: string): string {
  return `('s3://store/' + ${encoded}.replace('+', '%20')).parseURL().path`;
}

function hasKey(key: string, { prefix, suffix }: ObjectTrigger): readonly string[] {
  return [
    ...(prefix === '' ? [] : [`${key}.startsWith(${celText(`/${prefix}`)})`]),
    ...(suffix === '' ? [] : [`${key}.endsWith(${celText(suffix)})`]),
  ];
}

function isSequencer(expression: string): string {
  return `${expression}.matches('^[0-9A-Fa-f]{4,}$')`;
}

/** A write of an object. The message names no commit, so the branch's newest is trained. */
export function planObjects(trigger: ObjectTrigger): EventTrigger {
  const store = stores[trigger.store.kind];
  const { key, sequencer } = store.object(trigger);
  return {
    cause: 'objects',
    listener: eventsListenerName,
    verifier: undefined,
    conditions: [...store.conditions(trigger), ...bearerToken(trigger.store.secret)],
    values: {
      run: `${sequencer}.lowerAscii().translate('[^0-9a-f]', '').truncate(${runNameSuffixLength})`,
      event: labelFromKey(key),
    },
  };
}

/** The key as far as the value of a label can hold it. */
function labelFromKey(key: string): string {
  const trim = (pattern: string) => `.translate('${pattern}', '')`;
  return `${key}.translate('[^-0-9A-Za-z_.]', '-')${trim('^[^0-9A-Za-z]+')}.truncate(63)${trim('[^0-9A-Za-z]+$')}`;
}
