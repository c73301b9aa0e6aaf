import { describeObject } from '../../synth/manifest.js';
import type { KubernetesObject, ObjectMetadata } from '../../synth/manifest.js';
import { fieldAt, fieldsAt, findTexts, isFields, textAt } from '../fields.js';
import type { Fields } from '../fields.js';
import type { RunnableTrigger } from '../triggers/listeners.js';
import { faultsOfTimeouts } from '../tekton/timeouts.js';

/** What the API server and Tekton's webhook say to an object of a Trigger. */
export type Admission = { readonly object: KubernetesObject } | { readonly fault: string };

export interface EventContext {
  readonly listener: string;
  readonly eventId: string;
}

/** Adds what Triggers adds, and refuses what the API server would refuse. */
export function admit(
  made: Fields,
  trigger: RunnableTrigger,
  event: EventContext,
  existing: ReadonlySet<string>,
): Admission {
  const object = completeObject(made, trigger, event);
  if (typeof object === 'string') return { fault: object };
  const fault = faultOfMetadata(object) ?? faultOfRun(object);
  if (fault !== undefined) return { fault };
  const name = describeObject(object);
  if (existing.has(name)) return { fault: `${name} already exists` };
  return { object };
}

function completeObject(
  made: Fields,
  trigger: RunnableTrigger,
  event: EventContext,
): KubernetesObject | string {
  const [apiVersion, kind] = [textAt(made, 'apiVersion'), textAt(made, 'kind')];
  if (apiVersion === undefined || kind === undefined) return 'the template has no apiVersion or kind';
  const metadata = fieldsAt(made, 'metadata');
  const labels = fieldAt(metadata, 'labels') ?? {};
  if (!isFields(labels)) return 'metadata.labels is no map';
  const notText = Object.entries(labels).find(([, value]) => typeof value !== 'string');
  if (notText !== undefined) return `metadata.labels.${notText[0]} is no text`;
  const completed: ObjectMetadata = {
    ...metadata,
    name: textAt(metadata, 'name') ?? textAt(metadata, 'generateName') ?? '',
    namespace: textAt(metadata, 'namespace') ?? trigger.namespace,
    labels: {
      ...(labels as Record<string, string>),
      'triggers.tekton.dev/eventlistener': event.listener,
      'triggers.tekton.dev/trigger': trigger.name,
      'triggers.tekton.dev/triggers-eventid': event.eventId,
    },
  };
  return { ...made, apiVersion, kind, metadata: completed };
}

/** Tekton wants names of runs that fit into a label. */
const longestRunName = 63;

const longestOtherName = 253;

function faultOfMetadata({ kind, metadata }: KubernetesObject): string | undefined {
  const { name, labels = {} } = metadata;
  const longestName = kind.endsWith('Run') ? longestRunName : longestOtherName;
  if (name === '') return 'the object has no name';
  if (name.length > longestName) {
    return `invalid resource name "${name}": ${name.length} characters, no more than ${longestName} are allowed`;
  }
  const isGenerated = fieldAt(metadata, 'generateName') === name;
  const pattern = isGenerated
    ? /^[a-z0-9]([-a-z0-9.]*)$/
    : /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
  if (!pattern.test(name)) return `invalid resource name "${name}": not of RFC 1123`;
  for (const [label, value] of Object.entries(labels)) {
    if (!/^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(value)) {
      return `label ${label} cannot have the value "${value}"`;
    }
  }
  return undefined;
}

function faultOfRun(object: KubernetesObject): string | undefined {
  if (object.kind !== 'PipelineRun') return undefined;
  const isByName = fieldAt(object, 'spec', 'pipelineRef') !== undefined;
  const isEmbedded = fieldAt(object, 'spec', 'pipelineSpec') !== undefined;
  if (isByName === isEmbedded) return 'a PipelineRun needs either pipelineRef or pipelineSpec';
  const result = findTexts(fieldAt(object, 'spec', 'params')).find(({ text }) =>
    /\$\(tasks\.[^)]*\.results\.[^)]*\)/.test(text),
  );
  if (result !== undefined)
    return `cannot use result expressions in PipelineRun parameter values: ${result.text}`;
  return faultsOfTimeouts(fieldAt(object, 'spec', 'timeouts'))[0]?.message;
}
