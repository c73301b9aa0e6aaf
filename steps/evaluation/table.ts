import type { Verdict } from './verdict.js';
import { formatNumber, outcomeOf } from './verdict.js';

const head = ['| metric | value | champion | wanted | |', '| --- | --- | --- | --- | --- |'];

/** The verdicts as a table in Markdown, what failed first. */
export function formatTable(verdicts: readonly Verdict[]): string {
  return [...head, ...sortRows(verdicts).map(formatRow)].join('\n');
}

/** The same as far as there is room; the last row says how many are left out. */
export function summarize(verdicts: readonly Verdict[], limit: number): string {
  const rows = sortRows(verdicts);
  const lines = [...head];
  for (const [index, verdict] of rows.entries()) {
    const line = formatRow(verdict);
    if (Buffer.byteLength([...lines, line].join('\n')) > limit) {
      return [...lines, `| and ${rows.length - index} more | | | | |`].join('\n');
    }
    lines.push(line);
  }
  return lines.join('\n');
}

function sortRows(verdicts: readonly Verdict[]): readonly Verdict[] {
  return verdicts.toSorted((a, b) => Number(a.failures.length === 0) - Number(b.failures.length === 0));
}

function formatRow(verdict: Verdict): string {
  const { name, found, champion, wanted } = verdict;
  const outcome = outcomeOf(verdict);
  const value = champion === undefined ? '' : formatNumber(champion);
  return `| ${cellOf(name)} | ${found} | ${value} | ${wanted} | ${outcome === 'failed' ? '**failed**' : outcome} |`;
}

/** A metric may have any name; none may begin another cell or row. */
function cellOf(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
