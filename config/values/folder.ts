import type { ValueFault } from './fault.js';

const fromRoot = 'Write the folder as seen from the root of the repository.';

/** A folder inside a repository: relative, `/` between its parts, never out of the repository; '' is the root. */
export function checkFolder(text: string): ValueFault | undefined {
  if (text === '') return undefined;
  if (text.startsWith('/') || /^[A-Za-z]:/.test(text)) {
    return { message: 'is absolute', hint: fromRoot };
  }
  const parts = text.split('/');
  if (parts.includes('..')) return { message: 'leads out of the repository with `..`', hint: fromRoot };
  if (parts.some((part) => part === '' || part === '.')) {
    return {
      message: 'has empty parts',
      hint: `Did you mean \`${parts.filter((part) => part !== '' && part !== '.').join('/')}\`?`,
    };
  }
  return /^[-\w./+ @]+$/.test(text) && text.length <= 500
    ? undefined
    : { message: 'is not the path of a folder', hint: fromRoot };
}

/** Path of an HTTP request. */
export function checkHttpPath(text: string): ValueFault | undefined {
  if (!text.startsWith('/'))
    return { message: 'is not the path of a request', hint: `Did you mean \`/${text}\`?` };
  if (text.split('/').includes('..')) return { message: 'contains `..`', hint: 'Write the path itself.' };
  return /^[!$&'()*+,\-./0-9:;=?@A-Z_a-z~%]+$/.test(text) && !text.includes('$(')
    ? undefined
    : { message: 'is not the path of a request', hint: 'For example `/healthz`.' };
}
