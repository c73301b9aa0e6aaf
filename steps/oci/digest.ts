import { createHash } from 'node:crypto';

/** `sha256:` and 64 hexadecimal digits. */
export const digestPattern = /^sha256:[0-9a-f]{64}$/;

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** What was read, and nothing else; throws what `refuse` makes when it is something else. */
export async function* checkDigest(
  content: AsyncIterable<Uint8Array>,
  wanted: { readonly digest: string; readonly size: number },
  refuse: () => Error,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > wanted.size) throw refuse();
    hash.update(chunk);
    yield chunk;
  }
  if (size !== wanted.size || `sha256:${hash.digest('hex')}` !== wanted.digest) throw refuse();
}
