import type { CommitMessage } from '../publish/commit-message.js';
import { formatCounts, formatField } from '../plan/diff.js';
import type { ObjectDiff, PlanDiff, UnitDiff } from '../plan/diff.js';

/** Forges refuse longer texts. */
export const bodyLimit = 65_536;

/** How much is shown, from everything to nothing but numbers; the first that fits is taken. */
const stages: readonly ((diff: PlanDiff) => readonly string[])[] = [
  (diff) => diff.units.map((unit) => section(unit, (object) => object.fields.map(formatField))),
  (diff) => diff.units.map((unit) => section(unit, () => [])),
  (diff) => [table(diff.units)],
  () => ['The list of changes is too long for a pull request; see the changed files.'],
];

const marks = { created: '+', changed: '~', deleted: '-', renamed: '!' } as const;

/** The body of a pull request: summary, what needs care, the changes field by field as far as there is room. */
export function describePullRequest(diff: PlanDiff, message: CommitMessage, limit = bodyLimit): string {
  const head = [`${formatCounts(diff.summary)} in ${diff.units.length} units.`, ...cautions(diff)];
  const tail = message.trailers.length === 0 ? [] : [fenced(message.trailers.join('\n'))];
  for (const stage of stages) {
    const body = `${[...head, ...stage(diff), ...tail].join('\n\n')}\n`;
    if (body.length <= limit) return body;
  }
  return `${formatCounts(diff.summary)} in ${diff.units.length} units.\n`.slice(0, limit);
}

/** What Argo CD will remove deserves a reviewer's eye first. */
function cautions(diff: PlanDiff): readonly string[] {
  const objects = diff.units.flatMap((unit) => unit.objects);
  const lines = objects.flatMap((object) =>
    object.action === 'renamed'
      ? [`- ${object.consequence ?? object.object}`]
      : object.action === 'deleted'
        ? [`- Argo CD prunes ${object.object}`]
        : [],
  );
  return lines.length === 0 ? [] : [`**Removed from the cluster:**\n\n${lines.join('\n')}`];
}

function section(unit: UnitDiff, detail: (object: ObjectDiff) => readonly string[]): string {
  const lines = unit.objects.flatMap((object) => [
    `${marks[object.action]} ${object.object}`,
    ...detail(object).map((line) => `    ${line}`),
  ]);
  const shown = lines.length > 0 ? lines : unit.files.map(({ path, action }) => `file ${action}: ${path}`);
  const summary = `<summary><b>${unit.unit}</b>: ${unit.objects.length} objects</summary>`;
  return `<details>${summary}\n\n${fenced(shown.join('\n'))}\n\n</details>`;
}

function table(units: readonly UnitDiff[]): string {
  const rows = units.map((unit) => `| ${unit.unit} | ${unit.objects.length} |`);
  return ['| unit | objects |', '|---|---|', ...rows].join('\n');
}

/** A fence longer than any run of back-ticks inside, so that no value can leave the block. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}diff\n${text}\n${fence}`;
}
