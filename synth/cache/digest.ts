import { createHash } from 'node:crypto';

/** Tells contents apart. What is to be believed is sealed besides (entry-file.ts). */
export function digestOf(content: string | Uint8Array): string {
  return createHash('sha1').update(content).digest('hex');
}
