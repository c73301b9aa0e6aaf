/** Rows below a head; texts of others can neither leave their cell nor call anybody. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((cells) => line(cells.map(plain)))].join('\n');
}

/** Text of others between texts of ours: without line ends, tags, links and mentions. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]>|~#]/g, String.raw`\$&`)
    .replace(/@/g, '@\u200b');
}
