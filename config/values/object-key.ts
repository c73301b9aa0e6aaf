import type { ValueFault } from './fault.js';

/** Name of a bucket, as S3 takes it. */
export function checkBucket(text: string): ValueFault | undefined {
  const isName = /^[a-z0-9][-a-z0-9.]{1,61}[a-z0-9]$/.test(text) && !text.includes('..');
  return isName
    ? undefined
    : {
        message: 'is not the name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots',
        hint: 'Write the name alone, without `s3://` and without a path.',
      };
}

/** Beginning or end of the key of an object. */
export function checkKeyPart(text: string): ValueFault | undefined {
  if (text === '') return { message: 'is empty', hint: 'Remove the key: then every object counts.' };
  if (text.startsWith('/')) {
    const hint = `Keys begin with no slash: did you mean \`${text.replace(/^\/+/, '')}\`?`;
    return { message: 'begins with a slash', hint };
  }
  if (/[*?]/.test(text)) {
    return { message: 'is a pattern', hint: 'Write how keys begin or end, without `*` and `?`.' };
  }
  return /^\P{C}{1,200}$/u.test(text)
    ? undefined
    : { message: 'is no part of a key', hint: 'Write at most 200 characters of plain text.' };
}
