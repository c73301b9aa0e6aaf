/** Text of any origin as code on a line, in a table, too. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const ticks = '`'.repeat(longestRun(line) + 1);
  return ticks.length === 1 ? `\`${line}\`` : `${ticks} ${line} ${ticks}`;
}

/** A block of code. Its fence is longer than any run of back-ticks inside, so that no value can leave the block. */
export function fence(text: string, language: string): string {
  const ticks = '`'.repeat(Math.max(2, longestRun(text)) + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}

function longestRun(text: string): number {
  return [...text.matchAll(/`+/g)].reduce((longest, [run]) => Math.max(longest, run.length), 0);
}

/** Text of any origin between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
