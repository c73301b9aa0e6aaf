import type { Rule } from './rule.js';
import { problemAt } from './rule.js';

/** Tekton expands `$(…)` in command, arguments and variables of programs, and refuses what it does not know. */
export const checkTektonTexts: Rule = (workspace) =>
  [...workspace.origins].flatMap(([key, { value }]) => {
    const match =
      /^([^/:]+):((?:training|data|scan\.model|scan\.image|sign|checks(?:\.[-\w]+|\[\"[^\"]+\"\]))\.(?:command|args|env)\b.*)$/.exec(
        key,
      );
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (match === null || !texts.some((text) => typeof text === 'string' && text.includes('$('))) return [];
    const [, where = '', path = ''] = match;
    const message = `\`${path}\` contains \`$(\`, which Tekton would expand or refuse.`;
    const hint = 'Use `$NAME` for variables, and put command substitutions into a script of the image.';
    return [problemAt(workspace, { where, path }, { code: 'CONFIG_TEKTON_EXPRESSION', message, hint })];
  });
