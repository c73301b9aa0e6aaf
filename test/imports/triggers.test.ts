import type { ApiObject } from 'cdk8s';
import { Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  EventListener,
  Trigger,
  TriggerBinding,
  TriggerTemplate,
} from '../../imports/triggers.tekton.dev.js';
import type { KubernetesObject } from '../../synth/manifest.js';
import { validateStructure } from '../../validate/structure.js';
import { goodObject, manifestOf } from '../validate/structure-cases.js';

const constructs = { EventListener, Trigger, TriggerBinding, TriggerTemplate } as const;

/** What a construct of the kind renders for the metadata and spec of the good object. */
function render(kind: keyof typeof constructs): KubernetesObject {
  const { metadata, spec } = goodObject(kind);
  const chart = new Chart(Testing.app(), 'test', { disableResourceNameHashes: true });
  // Each constructor takes the props of its own kind; the fixture holds one of each.
  const Kind = constructs[kind] as new (scope: Construct, id: string, props: object) => ApiObject;
  new Kind(chart, 'object', { metadata, spec });
  const [object] = Testing.synth(chart) as KubernetesObject[];
  if (object === undefined) throw new Error('nothing was rendered');
  return object;
}

describe.each(Object.keys(constructs) as (keyof typeof constructs)[])('a %s', (kind) => {
  it('keeps every value of its spec', () => {
    expect(render(kind)).toEqual(goodObject(kind));
  });

  it('renders what its schema accepts', () => {
    expect(validateStructure([manifestOf(render(kind))])).toEqual([]);
  });
});

it('a Trigger keeps values of any type in the parameters of its interceptors', () => {
  const chart = new Chart(Testing.app(), 'test');
  const value = [{ key: 'a', expression: 'b', nested: { list: [1, true, 'c'] } }];
  new Trigger(chart, 'trigger', {
    spec: {
      interceptors: [
        { ref: { name: 'cel', kind: 'ClusterInterceptor' }, params: [{ name: 'overlays', value }] },
      ],
      bindings: [],
      template: { ref: 'template' },
    },
  });
  const [object] = Testing.synth(chart) as { spec: { interceptors: { params: { value: unknown }[] }[] } }[];
  expect(object?.spec.interceptors[0]?.params[0]?.value).toEqual(value);
});
