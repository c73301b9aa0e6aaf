import type { ValueFault } from './fault.js';

const example = 'For example `models/*.yaml`, or `models/**/*.yaml` for subfolders, too.';

/** Where model files stand: folders and one file, with `*`, `?`, and `**` for any folders; never out of the workspace. */
export function checkGlob(text: string): ValueFault | undefined {
  const parts = text.split('/');
  if (text.startsWith('/') || /^[A-Za-z]:/.test(text) || parts.includes('..')) {
    const hint = 'Write it as seen from the folder of `driftloop.yaml`.';
    return { message: 'leads out of the workspace', hint };
  }
  if (!/^[-\w.+@ *?/]{1,500}$/.test(text) || parts.some((part) => part === '' || part === '.'))
    return { message: 'is not a pattern of paths', hint: example };
  if (parts.some((part) => part.includes('**') && part !== '**'))
    return { message: 'has `**` beside other characters', hint: example };
  if (parts.length === 1 || parts[0] === '**')
    return { message: 'would look through the whole workspace', hint: `Begin with a folder. ${example}` };
  return text.endsWith('.yaml') ? undefined : { message: 'does not end in `.yaml`', hint: example };
}

/** Does a part between two `/` match a name? */
export function globPart(part: string): (name: string) => boolean {
  if (!/[*?]/.test(part)) return (name) => name === part;
  const pattern = part.replace(/[.+]/g, '\\$&').replace(/\*+/g, '[^]*').replaceAll('?', '[^]');
  const expression = new RegExp(`^${pattern}$`);
  return (name) => expression.test(name);
}
