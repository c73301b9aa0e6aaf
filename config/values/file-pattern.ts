import type { ValueFault } from './fault.js';

/**
 * A pattern on the path of a file, as forges and `.gitignore` know it: `*` and `?` stay within a folder, `**` does not.
 * Other characters mean themselves; those with a meaning elsewhere are refused.
 */
export function checkFilePattern(text: string): ValueFault | undefined {
  if (text === '') return { message: 'is empty', hint: 'For example `src/**`.' };
  if (text.length > 200)
    return { message: 'is longer than 200 characters', hint: 'Name a folder: `src/**`.' };
  const odd = /[^-\w ./*?@+#%=~,]/.exec(text);
  if (odd !== null) {
    return {
      message: `contains ${JSON.stringify(odd[0])}, which is not allowed in a pattern`,
      hint: 'Patterns know `*`, `?` and `**`; write one line for each alternative.',
    };
  }
  return checkFolders(text);
}

function checkFolders(text: string): ValueFault | undefined {
  if (text.startsWith('/') || text.startsWith('./')) {
    return { message: 'begins at a root', hint: `Did you mean \`${text.replace(/^\.?\/+/, '')}\`?` };
  }
  if (text.endsWith('/')) return { message: 'names a folder', hint: `Did you mean \`${text}**\`?` };
  const parts = text.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return { message: 'has an empty part, `.` or `..`', hint: 'Paths begin at the root of the repository.' };
  }
  if (parts.every((part) => part === '**' || !part.includes('**'))) return undefined;
  return { message: 'has `**` beside other characters', hint: 'Write `**` alone between slashes.' };
}

/** RE2 for one of several patterns, without anchors or backslashes, so that it can stand in any quotes. */
export function patternsToRegularExpression(patterns: readonly string[]): string {
  return patterns.map(patternToRegularExpression).join('|');
}

function patternToRegularExpression(pattern: string): string {
  const parts = pattern.split('/');
  return parts
    .map((part, index) => {
      const isLast = index === parts.length - 1;
      if (part === '**') return isLast ? '.*' : '(?:[^/]+/)*';
      return `${writePart(part)}${isLast ? '' : '/'}`;
    })
    .join('');
}

function writePart(part: string): string {
  return part.replace(/[^-\w @#%=~,]/g, (character) => {
    if (character === '*') return '[^/]*';
    return character === '?' ? '[^/]' : `[${character}]`;
  });
}
