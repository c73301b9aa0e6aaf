import type { ValueFault } from './fault.js';

const host = String.raw`[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?(?::\d{1,5})?`;
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const repository = `(?:${host}/)?${component}(?:/${component})*`;
/** Repository of a model: `registry.example.com/team/model`. */
export const modelRepository = repository;

const imagePattern = new RegExp(`^(${repository})(?::([\\w][\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`);
const modelPattern = new RegExp(`^oci://${repository}@sha256:[0-9a-f]{64}$`);

/** A container image, pinned: an exact tag or a digest. */
export function checkImage(text: string): ValueFault | undefined {
  if (text.length > 500)
    return { message: 'is too long for an image reference', hint: 'Is it the right value?' };
  const match = imagePattern.exec(text);
  if (match === null) {
    return {
      message: 'is not an image reference such as `registry.example.com/team/image:1.4.2`',
      ...schemeHint(text),
    };
  }
  const [, , tag, digest] = match;
  const hint = 'Name an exact version, `…:1.4.2`, or a digest, `…@sha256:…`.';
  if (digest !== undefined) return undefined;
  if (tag === undefined) return { message: 'has neither tag nor digest, so it would mean `latest`', hint };
  return tag === 'latest'
    ? { message: 'is not pinned: `latest` is another image tomorrow', hint }
    : undefined;
}

/** A model's files in a registry, by digest: `oci://registry.example.com/team/model@sha256:…`. */
export function checkModelImage(text: string): ValueFault | undefined {
  if (text.length <= 500 && modelPattern.test(text)) return undefined;
  const hint = 'A release names the digest of what was tested; tags can be moved.';
  return {
    message: 'is not a model by digest: `oci://registry.example.com/team/model@sha256:` and 64 digits',
    hint,
  };
}

function schemeHint(text: string): { hint?: string } {
  const match = /^(?:https?|docker|oci):\/\/(.+)$/.exec(text);
  return match === null
    ? { hint: 'Write registry, repository and version, without spaces.' }
    : { hint: `Leave out the scheme: \`${match[1] ?? ''}\`.` };
}
