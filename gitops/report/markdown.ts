import { cautionsOf, formatCounts } from '../plan/diff.js';
import type { ObjectDiff, PlanDiff, UnitDiff } from '../plan/diff.js';
import { describeField } from './field-text.js';
import { codeSpan, escapeHtml, fence } from './markdown-text.js';
import { marks } from './text.js';

export interface MarkdownOptions {
  /** Characters there is room for. @default 65536, what GitHub takes */
  readonly limit?: number | undefined;
  /** Address of a report that holds everything, for readers of one that had to be cut. @default - none */
  readonly complete?: string | undefined;
}

/** Characters that a text on GitHub may have. */
export const gitHubLimit = 65_536;

/** Warnings before the units; the others stand at their objects. */
const mostCautions = 50;

/** How a unit is told, from everything to its name: every stage is shorter than the one before it. */
const stages: readonly ((unit: UnitDiff) => string)[] = [
  (unit) => section(unit, listFields),
  (unit) => section(unit, listPaths),
  (unit) => section(unit, () => []),
];

/**
 * The diff for a pull request or a comment: counts, what Argo CD removes, then unit by unit. Where there is not enough
 * room, the longest units are shortened first: to the names of fields, to the names of objects, to a line of a table.
 */
export function reportAsMarkdown(diff: PlanDiff, options: MarkdownOptions = {}): string {
  const { limit = gitHubLimit, complete } = options;
  const head = [`${formatCounts(diff.summary)} in ${countOf(diff.units.length, 'unit')}.`];
  const cautions = listCautions(diff);
  const full = join([...head, ...cautions, ...diff.units.map((unit) => stages[0]?.(unit) ?? '')]);
  if (full.length <= limit) return full;
  const where = complete === undefined ? '`driftloop diff` shows everything' : `[everything](<${complete}>)`;
  const note = `Shortened to fit: ${where}.`;
  const frame = join([...head, ...cautions, note]);
  const units = shortenUnits(diff.units, limit - frame.length);
  if (units !== undefined) return join([...head, ...cautions, ...units, note]);
  const least = join([...head, note]);
  return frame.length <= limit ? frame : least.length <= limit ? least : join(head).slice(0, limit);
}

function join(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}

/** What Argo CD removes or cannot apply deserves a reviewer's eye first. */
function listCautions(diff: PlanDiff): readonly string[] {
  const lines = cautionsOf(diff).map(
    ({ object, consequence }) => `- ${codeSpan(object)}: ${escapeHtml(consequence)}`,
  );
  if (lines.length === 0) return [];
  const rest = lines.length - mostCautions;
  const shown = rest <= 1 ? lines : [...lines.slice(0, mostCautions), `- … and ${rest} more`];
  return [`**Look at this first**\n\n${shown.join('\n')}`];
}

/** undefined: not even a line for each unit fits. */
function shortenUnits(units: readonly UnitDiff[], room: number): readonly string[] | undefined {
  const drafts = units.map((unit) => ({ unit, stage: 0, text: stages[0]?.(unit) ?? '' }));
  const row = (unit: UnitDiff) => `| ${codeSpan(unit.unit)} | ${unit.objects.length} |`;
  const lengthOf = ({ text }: { text: string }) => text.length + 2;
  let length = tableHead.length + 2 + drafts.reduce((sum, draft) => sum + lengthOf(draft), 0);
  // The longest first: one unit that is told briefly makes room for many that are told in full.
  while (length > room) {
    const longest = drafts.reduce<(typeof drafts)[number] | undefined>(
      (best, draft) =>
        draft.stage < stages.length && draft.text.length > (best?.text.length ?? 0) ? draft : best,
      undefined,
    );
    if (longest === undefined) return undefined;
    length -= lengthOf(longest);
    longest.stage += 1;
    longest.text = stages[longest.stage]?.(longest.unit) ?? row(longest.unit);
    length += lengthOf(longest);
  }
  const rows = drafts.filter(({ stage }) => stage === stages.length);
  const table = rows.length === 0 ? [] : [[tableHead, ...rows.map(({ text }) => text)].join('\n')];
  return [...drafts.filter(({ stage }) => stage < stages.length).map(({ text }) => text), ...table];
}

const tableHead = '| unit | objects |\n|---|---|';

function section(unit: UnitDiff, detail: (object: ObjectDiff) => readonly string[]): string {
  const lines = unit.objects.flatMap((object) => [
    `${marks[object.action]} ${object.object}`,
    ...detail(object),
  ]);
  const shown = lines.length > 0 ? lines : unit.files.map(({ path, action }) => `file ${action}: ${path}`);
  const summary = `<summary><b>${escapeHtml(unit.unit)}</b>: ${countOf(unit.objects.length, 'object')}</summary>`;
  return `<details>${summary}\n\n${fence(shown.join('\n'), 'diff')}\n\n</details>`;
}

/** Marks stand in the first column, where forges colour them. */
function listFields(object: ObjectDiff): readonly string[] {
  return object.fields
    .map(describeField)
    .flatMap(({ head, lines }) => [
      `    ${head}`,
      ...lines.map(({ mark, text }) => `${mark}     ${text}`.trimEnd()),
    ]);
}

function listPaths(object: ObjectDiff): readonly string[] {
  return object.fields.map(({ path }) => `    ${describeField({ path }).head}`);
}

function countOf(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
