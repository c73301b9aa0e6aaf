import type { ValueFault } from './fault.js';
import { checkModelImage, modelRepository } from './image.js';

const tagged = new RegExp(`^oci://${modelRepository}:[\\w][\\w.-]{0,127}$`);

/** Schemes of stores that KServe reads models from, each with what follows. */
const stores: Readonly<Record<string, RegExp>> = {
  s3: /^[a-z0-9][a-z0-9.-]+(\/[\w!'()*.+=@-]+)*\/?$/,
  gs: /^[a-z0-9][\w.-]+(\/[\w!'()*.+=@-]+)*\/?$/,
  pvc: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\/[\w.-]+)*\/?$/,
  hf: /^[\w.-]+\/[\w.-]+(:[\w.-]+)?$/,
};

/** Where a first version may come from: a registry, by digest or tag, or a store. */
export function checkModelLocation(text: string): ValueFault | undefined {
  if (checkModelImage(text) === undefined || isTagged(text)) return undefined;
  const [, scheme = '', rest = ''] = /^([a-z0-9+]+):\/\/(.*)$/.exec(text) ?? [];
  const store = Object.hasOwn(stores, scheme) ? stores[scheme] : undefined;
  if (text.length <= 500 && store?.test(rest) === true) return undefined;
  return {
    message: 'is not a place that a model is read from',
    hint: 'Write `oci://registry.example.com/team/model@sha256:…`; `s3://bucket/folder`, `gs://bucket/folder`, `pvc://claim/folder` and `hf://team/model` are stores.',
  };
}

/** A model in a registry by its tag, which may mean another model tomorrow. */
export function isTagged(location: string): boolean {
  return location.length <= 500 && tagged.test(location);
}

/** A model that KServe fetches from a store before the server starts, instead of running it as a container. */
export function isStored(location: string): boolean {
  return !location.startsWith('oci://');
}
