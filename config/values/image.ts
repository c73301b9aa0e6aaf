import type { ValueFault } from './fault.js';

const host = String.raw`[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?(?::\d{1,5})?`;
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const repository = `(?:${host}/)?${component}(?:/${component})*`;
/** Repository of a model: `registry.example.com/team/model`. */
export const modelRepository = repository;

const imagePattern = new RegExp(`^(${repository})(?::([\\w][\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`);
const modelPattern = new RegExp(`^oci://${repository}@sha256:[0-9a-f]{64}$`);

/** SHA-256 of no bytes at all, which is what a failed download or an empty file leaves. */
const digestOfNothing = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function refuseNothing(text: string): ValueFault | undefined {
  if (!text.endsWith(digestOfNothing)) return undefined;
  return {
    message: 'names the digest of an empty file, which is no image',
    hint: 'Take the digest that the registry answered when the image was pushed.',
  };
}

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
  if (digest !== undefined) return refuseNothing(text);
  if (tag === undefined) return { message: 'has neither tag nor digest, so it would mean `latest`', hint };
  return tag === 'latest'
    ? { message: 'is not pinned: `latest` is another image tomorrow', hint }
    : undefined;
}

/** A model's files in a registry, by digest: `oci://registry.example.com/team/model@sha256:…`. */
export function checkModelImage(text: string): ValueFault | undefined {
  if (text.length <= 500 && modelPattern.test(text)) return refuseNothing(text);
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
