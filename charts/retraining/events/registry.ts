import type { RegistryEvent, RegistryTrigger } from '../../../config/model-triggers.js';
import type { TriggerInterceptor } from '../../../imports/triggers.tekton.dev.js';
import { eventsListenerName, interceptorName } from '../../conventions.js';
import { mlflowSignature, senderParam } from '../../verifier-contract.js';
import { celText } from './cel-text.js';
import type { EventTrigger } from './event-trigger.js';

/** Something that happens to a version of a registered model. It names no commit, so the branch's newest is trained. */
export function planRegistry({ registry, model, on }: RegistryTrigger): EventTrigger {
  return {
    cause: 'registry',
    listener: eventsListenerName,
    verifier: verifyRegistry(registry.name),
    conditions: [
      ...entity[on.kind],
      `body.data.name == ${celText(model)}`,
      `body.data.version.matches('^[0-9]{1,16}$')`,
      ...detailsOf(on),
    ],
    values: { run: nameRun(on), event: labelVersion(model) },
  };
}

/** In the words of MLflow. */
const entity: Readonly<Record<RegistryEvent['kind'], readonly string[]>> = {
  version: isAbout('model_version', 'created'),
  alias: isAbout('model_version_alias', 'created'),
  tag: isAbout('model_version_tag', 'set'),
};

function isAbout(kind: string, action: string): readonly string[] {
  return [`has(body.entity) && body.entity == ${celText(kind)}`, `body.action == ${celText(action)}`];
}

/** A moment, as far as it names a run: when an alias comes back to a version, that is another event. */
const isTimed = `body.timestamp.matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}')`;

function detailsOf(on: RegistryEvent): readonly string[] {
  if (on.kind === 'version') return [];
  if (on.kind === 'alias') return [`body.data.alias == ${celText(on.alias)}`, isTimed];
  const value = on.value === undefined ? [] : [`body.data.value == ${celText(on.value)}`];
  return [`body.data.key == ${celText(on.key)}`, ...value, isTimed];
}

/** A version is there once, whatever number of webhooks tell of it. */
function nameRun({ kind }: RegistryEvent): string {
  const version = `body.data.version.translate('[^0-9]', '')`;
  if (kind === 'version') return version;
  return `${version} + '-' + body.timestamp.translate('[^0-9]', '').truncate(14)`;
}

/** `song-embeddings-7`, with as much of the name as the value of a label can hold. */
function labelVersion(model: string): string {
  const name = model
    .replace(/[^-0-9A-Za-z_.]+/g, '-')
    .replace(/^[^0-9A-Za-z]+/, '')
    .slice(0, 46);
  return `${celText(name === '' ? '' : `${name}-`)} + body.data.version.translate('[^0-9]', '')`;
}

function verifyRegistry(sender: string): TriggerInterceptor {
  return {
    name: 'signature',
    ref: { name: interceptorName(mlflowSignature), kind: 'NamespacedInterceptor' },
    params: [{ name: senderParam, value: sender }],
  };
}
