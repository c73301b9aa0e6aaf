/** Texts that cannot stand in YAML as they are, because some reader takes them for something else or refuses them. */

const words = /^(?:|[-+]?\._*|y|n|yes|no|on|off|true|false|null|~|=|<<|[-+]?\.(?:inf|nan))$/i;
const numberLike = /^[-+._e]*\d[\da-fox_.:+\-tz ]*$/i;

/** Does some reader take this plain text for a boolean, null, merge key, number, sexagesimal number or date? */
export function isAmbiguous(text: string): boolean {
  return words.test(text) || numberLike.test(text);
}

/** Tabs in a plain scalar stop PyYAML; a block cannot begin with white space, nor hold a line of nothing else. */
const treacherousSpace = /^[^\n]*\t[^\n]*$|^\s|\n[ \t]+(?:\n|$)/;

export function hasTreacherousSpace(text: string): boolean {
  return treacherousSpace.test(text);
}

/** Control characters, the line breaks only YAML 1.1 knows, byte order marks and lone surrogates. */
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;

export function isUnprintable(text: string): boolean {
  return unprintable.test(text);
}

/** In double quotes, with every unprintable character as an escape. */
export function quoteEscaped(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
