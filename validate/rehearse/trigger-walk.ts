import type { TriggerEvent } from '../../config/values/cel.js';
import { describeObject } from '../../synth/manifest.js';
import type { KubernetesObject, Manifest } from '../../synth/manifest.js';
import type { Cluster } from '../cluster.js';
import { textAt } from '../fields.js';
import { bindValues, readBindings } from '../triggers/bindings.js';
import { intercept, isCel } from '../triggers/interceptors.js';
import type { Evaluation, Interceptor } from '../triggers/interceptors.js';
import { isRegistry } from '../triggers/registry-interceptor.js';
import type { PreparedTrigger } from '../triggers/prepared-triggers.js';
import { findTemplate, makeResource } from '../triggers/resource-templates.js';
import type { MadeResource, ResourceTemplate } from '../triggers/resource-templates.js';
import { admit } from './admission.js';
import type { Hop } from './rehearsal.js';

/** What all Triggers of a request have in common. */
export interface EventWalk {
  readonly cluster: Cluster;
  readonly listener: Manifest;
  readonly event: TriggerEvent;
  readonly evaluation: Evaluation;
  /** Objects that are there, and those the walk creates. */
  readonly existing: Set<string>;
}

export interface Walked {
  readonly hops: readonly Hop[];
  readonly created: readonly KubernetesObject[];
}

/** Triggers makes up ids; here they are counted, so that equal rehearsals print equal output. */
function countedId(count: number): string {
  return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
}

const eventId = countedId(1);

/** Takes an event through interceptors, bindings and template of one Trigger, until something stops it. */
export function walkTrigger(walk: EventWalk, trigger: PreparedTrigger, index: number): Walked {
  const hops: Hop[] = [];
  const note: Note = (hop, outcome, detail, more = {}) => {
    const name = `${trigger.namespace}/${trigger.name}`;
    hops.push({ hop, trigger: name, subject: `Trigger ${name}`, outcome, detail, ...more });
  };
  const extensions = passInterceptors(walk, trigger, note);
  if (extensions === undefined) return { hops, created: [] };
  const template = findTemplate(walk.cluster, trigger);
  if (template === undefined) {
    note('template', 'failed', 'the TriggerTemplate is not there');
    return { hops, created: [] };
  }
  const values = bind(walk, trigger, template, extensions, note);
  if (values === undefined) return { hops, created: [] };
  // Another one for each request, as far as its predecessors have created something.
  const uid = countedId(walk.existing.size * 1000 + index + 2);
  const made = template.resources.map((resource) => makeResource(resource, values, uid));
  return { hops, created: createObjects(walk, trigger, made, note) };
}

type Note = (
  hop: Hop['hop'],
  outcome: Hop['outcome'],
  detail: string,
  more?: Partial<Pick<Hop, 'subject' | 'values'>>,
) => void;

function passInterceptors(
  { event, evaluation }: EventWalk,
  trigger: PreparedTrigger,
  note: Note,
): TriggerEvent['extensions'] | undefined {
  let extensions = event.extensions;
  for (const interceptor of trigger.interceptors) {
    const result = intercept(interceptor, { ...event, extensions }, evaluation);
    if (result.outcome !== 'passed') {
      note('interceptor', result.outcome, result.reason);
      return undefined;
    }
    extensions = result.extensions;
    const detail = isCel(interceptor) ? 'the filter is true' : `it comes from the ${nameSender(interceptor)}`;
    note('interceptor', 'passed', detail, { values: extensions });
  }
  return extensions;
}

function nameSender(interceptor: Interceptor): string {
  return isRegistry(interceptor) ? 'registry' : 'forge';
}

function bind(
  { cluster, event }: EventWalk,
  trigger: PreparedTrigger,
  template: ResourceTemplate,
  extensions: TriggerEvent['extensions'],
  note: Note,
): ReadonlyMap<string, string> | undefined {
  const bindings = readBindings(cluster, trigger);
  const missing = bindings.find((binding) => 'missing' in binding);
  if (missing !== undefined) {
    note('binding', 'failed', `TriggerBinding ${missing.missing} is not there`);
    return undefined;
  }
  const params = bindings.filter((binding) => 'name' in binding);
  const bound = bindValues(params, template.params, { ...event, extensions }, eventId);
  if ('fault' in bound) {
    note('binding', 'failed', bound.fault);
    return undefined;
  }
  note('binding', 'passed', 'every value was found', { values: Object.fromEntries(bound.values) });
  return bound.values;
}

/** The first object that cannot be created ends the Trigger, as in Triggers. */
function createObjects(
  walk: EventWalk,
  trigger: PreparedTrigger,
  resources: readonly MadeResource[],
  note: Note,
): readonly KubernetesObject[] {
  const created: KubernetesObject[] = [];
  for (const made of resources) {
    if ('fault' in made) {
      note('template', 'failed', made.fault);
      return created;
    }
    note('template', 'passed', 'the values are filled in');
    const event = { listener: walk.listener.object.metadata.name, eventId };
    const admission = admit(made.object, trigger, event, walk.existing);
    if ('fault' in admission) {
      const subject = [textAt(made.object, 'kind'), textAt(made.object, 'metadata', 'name')].join(' ').trim();
      note('admission', 'failed', admission.fault, { subject });
      return created;
    }
    const subject = describeObject(admission.object);
    note('admission', 'passed', 'created', { subject });
    walk.existing.add(subject);
    created.push(admission.object);
  }
  return created;
}
