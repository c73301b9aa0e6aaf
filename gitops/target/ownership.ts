import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Checked } from '../../problems/problem.js';
import { isReservedPath, isSafePath, targetLayout } from './layout.js';
import type { TargetTree } from './target-tree.js';

/** Which files of the target are ours, and what we wrote into them; machine-written to `.driftloop/owned.json`. */
export type Ownership = ReadonlyMap<string, OwnedUnit>;

export interface OwnedUnit {
  readonly environment: string | undefined;
  readonly model: string | undefined;
  /** Commit of the workspace it was last rendered from; undefined: the workspace was in no commit. */
  readonly source: string | undefined;
  /** SHA-256 of what was written, by path. */
  readonly files: ReadonlyMap<string, string>;
}

const ownedPath = z
  .string()
  .refine((path) => isSafePath(path) && !isReservedPath(path), 'is not a path of ours');
const commit = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const schema = z.strictObject({
  version: z.literal(1),
  /** Commit of every unit that does not say otherwise, so that a delivery of all changes one line. */
  source: commit.optional(),
  units: z.record(
    z.string().min(1),
    z.strictObject({
      environment: z.string().min(1).optional(),
      model: z.string().min(1).optional(),
      /** null: unknown, though that of the others is known. */
      source: commit.nullish(),
      files: z.record(ownedPath, z.string().regex(/^sha256:[0-9a-f]{64}$/)),
    }),
  ),
});

/** How a content is written down in owned.json. */
export function digestOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Are the same files ours, with the same contents? From which commits they come, does not count. */
export function ownsTheSame(left: Ownership, right: Ownership): boolean {
  if (left.size !== right.size) return false;
  for (const [name, { environment, model, files }] of left) {
    const other = right.get(name);
    if (other === undefined) return false;
    const same = other.environment === environment && other.model === model;
    if (!same || other.files.size !== files.size) return false;
    for (const [path, digest] of files) if (other.files.get(path) !== digest) return false;
  }
  return true;
}

/** Reads the target's owned.json; a target without one owns nothing. */
export async function readOwnership(target: TargetTree): Promise<Checked<Ownership>> {
  const path = targetLayout.ownership;
  const entry = target.entries.get(path);
  if (entry === undefined) return { value: new Map(), problems: [] };
  const content = (await target.read([path])).get(path);
  if (content === undefined) return broken('it is not a readable file');
  return parseOwnership(content);
}

export function parseOwnership(content: Uint8Array): Checked<Ownership> {
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch (error) {
    return broken(error instanceof SyntaxError ? 'it is not JSON' : 'it is not UTF-8 text');
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return broken(`${issue?.path.join('.') ?? ''} ${issue?.message ?? 'it has another shape'}`.trim());
  }
  return checkOwners(
    new Map(
      Object.entries(parsed.data.units).map(([name, unit]) => [
        name,
        {
          environment: unit.environment,
          model: unit.model,
          source: (unit.source === undefined ? parsed.data.source : unit.source) ?? undefined,
          files: new Map(Object.entries(unit.files)),
        },
      ]),
    ),
  );
}

/** The same ownership always gives the same text, sorted, ready for review. */
export function formatOwnership(ownership: Ownership): string {
  const source = commonSource(ownership);
  const units = sorted(ownership).map(([name, unit]) => [
    name,
    {
      environment: unit.environment,
      model: unit.model,
      source: unit.source === source ? undefined : (unit.source ?? null),
      files: Object.fromEntries(sorted(unit.files)),
    },
  ]);
  return `${JSON.stringify({ version: 1, source, units: Object.fromEntries(units) as unknown }, null, 2)}\n`;
}

/** The commit most units were rendered from; of equally many, the first by name. */
function commonSource(ownership: Ownership): string | undefined {
  const counts = new Map<string, number>();
  for (const { source } of ownership.values()) {
    if (source !== undefined) counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  return sorted(counts).reduce<readonly [string | undefined, number]>(
    (most, next) => (next[1] > most[1] ? next : most),
    [undefined, 0],
  )[0];
}

function checkOwners(ownership: Ownership): Checked<Ownership> {
  const owners = new Map<string, string>();
  for (const [name, unit] of ownership) {
    for (const path of unit.files.keys()) {
      const other = owners.get(path);
      if (other !== undefined) return broken(`${path} belongs to both ${other} and ${name}`);
      owners.set(path, name);
    }
  }
  return { value: ownership, problems: [] };
}

function broken(reason: string): Checked<Ownership> {
  return {
    value: undefined,
    problems: [
      {
        code: 'GITOPS_OWNERSHIP_BROKEN',
        severity: 'error',
        message: `${targetLayout.ownership} of the GitOps repository cannot be used: ${reason}`,
        hint: 'Restore the file from the history of the repository; driftloop deletes and overwrites only what it lists.',
      },
    ],
  };
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
