import type { ValueFault } from './fault.js';
import { checkImage } from './image.js';

/** Stands for the name of the model in the repository of its images. */
export const modelPlaceholder = '{model}';

const plain = 'http://';

/** A repository that images of models are pushed to, and how its registry is reached. */
export interface ModelRepository {
  readonly name: string;
  readonly plainHttp: boolean;
}

export function resolveModelRepository(text: string, model: string): ModelRepository {
  const name = text.startsWith(plain) ? text.slice(plain.length) : text;
  return { name: name.replaceAll(modelPlaceholder, model), plainHttp: text.startsWith(plain) };
}

/** `registry.example.com/models/{model}`, with `http://` before it for a registry without TLS. */
export function checkModelRepository(text: string): ValueFault | undefined {
  const { name } = resolveModelRepository(text, 'model');
  const [host = '', ...path] = name.split('/');
  const isHost = host.includes('.') || host.includes(':') || host === 'localhost';
  // A tag of our own shows whether there is one already.
  if (path.length > 0 && isHost && checkImage(`${name}:1`) === undefined) return undefined;
  return {
    message: 'is not a repository such as `registry.example.com/models/{model}`',
    hint: 'Write host and path without tag or digest; the host has a dot or a port.',
  };
}

/** An image by digest, or `none`. */
export function checkBase(text: string): ValueFault | undefined {
  if (text === 'none') return undefined;
  const fault = checkImage(text);
  if (fault !== undefined) return fault;
  if (text.includes('@sha256:') && /^[^/]*[.:][^/]*\/|^localhost\//.test(text)) return undefined;
  return {
    message: 'is not an image by digest with its registry, and not `none`',
    hint: 'Write `registry.example.com/base@sha256:…`: a tag may be another image in the next run.',
  };
}

/** `central.example.com:443` */
export function checkHostAndPort(text: string): ValueFault | undefined {
  if (/^[A-Za-z0-9](?:[-A-Za-z0-9.]{0,251}[A-Za-z0-9])?:\d{1,5}$/.test(text)) return undefined;
  return { message: 'is not a host with a port', hint: 'For example `central.example.com:443`.' };
}

/** Neither commas nor equals signs: cosign takes it as one of several settings in one text. */
export function checkLogUrl(text: string): ValueFault | undefined {
  if (/^https?:\/\/[A-Za-z0-9][-A-Za-z0-9.]*(?::\d{1,5})?(?:\/[-\w.~/]*)?$/.test(text)) return undefined;
  return {
    message: 'is not the address of a transparency log',
    hint: 'For example `https://rekor.example.com`.',
  };
}
