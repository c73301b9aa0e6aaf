import { countChanges, formatCounts } from '../plan/diff.js';
import type { CommitReference } from './hydrator-metadata.js';
import type { DeliveryPlan, ObjectChange } from '../plan/plan.js';

/** A commit message in its parts. */
export interface CommitMessage {
  /** Conventional commit: `deploy(test/jukebox): 3 created`. */
  readonly subject: string;
  readonly body: string;
  /** The part of the body that a release says about itself; '' where it is none. */
  readonly notes: string;
  /** Argo CD shows the commit they name beside the one it synced. */
  readonly trailers: readonly string[];
}

const subjectLimit = 72;
const bodyLimit = 200;
const marks: Readonly<Record<ObjectChange['action'], string>> = {
  created: '+',
  changed: '~',
  deleted: '-',
  renamed: '!',
};

/** The message of a delivery. @param amendment its subject replaces the computed one, its notes stand above the objects */
export function describeDelivery(
  plan: DeliveryPlan,
  reference: (CommitReference & { readonly body?: string }) | undefined,
  amendment?: { readonly subject: string; readonly notes: string },
): CommitMessage {
  const notes = amendment?.notes ?? '';
  return {
    notes,
    subject: limit(
      amendment?.subject ?? `deploy(${scopeOf(plan)}): ${formatCounts(countChanges(plan))}`,
      subjectLimit,
    ),
    body: [notes, listObjects(plan)].filter((part) => part !== '').join('\n\n'),
    trailers: reference === undefined ? [] : trailersOf(reference),
  };
}

export function formatMessage(message: CommitMessage): string {
  const parts = [message.subject, message.body, message.trailers.join('\n')];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Names the units where they fit, else what they have in common. */
function scopeOf(plan: DeliveryPlan): string {
  const names = plan.units.map((unit) => unit.name);
  const joined = names.join(',');
  if (joined.length <= 30 && names.length > 0) return joined;
  const environments = [...new Set(plan.units.map((unit) => unit.environment ?? 'toolings'))].join(',');
  return environments.length <= 30 && names.length > 0 ? environments : `${names.length} units`;
}

function listObjects(plan: DeliveryPlan): string {
  const lines = plan.units.flatMap((unit) => [
    unit.name,
    ...unit.objects.map((change) => `  ${marks[change.action]} ${describeChange(change)}`),
  ]);
  const rest = lines.length - bodyLimit;
  return (rest <= 0 ? lines : [...lines.slice(0, bodyLimit), `... and ${rest} more lines`]).join('\n');
}

function describeChange(change: ObjectChange): string {
  return change.action === 'renamed' ? `${change.object} (was ${change.previous})` : change.object;
}

function trailersOf(reference: CommitReference & { readonly body?: string }): readonly string[] {
  const values: readonly (readonly [string, string | undefined])[] = [
    ['author', reference.author],
    ['sha', reference.sha],
    ['subject', reference.subject],
    [
      'body',
      reference.body === undefined || reference.body === '' ? undefined : JSON.stringify(reference.body),
    ],
    ['repourl', reference.repositoryUrl],
    ['date', reference.date],
  ];
  return values.flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [`Argocd-reference-commit-${key}: ${oneLine(value)}`],
  );
}

/** A line break in a value would begin another trailer. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function limit(text: string, length: number): string {
  const line = oneLine(text);
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
