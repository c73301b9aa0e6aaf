import { z } from 'zod';
import type { PlanDiff } from '../plan/diff.js';

/** Grows when the shape changes so that a reader must change, too; a new field is no such change. */
const shapeVersion = 1;

const text = z.string();
const count = z.int().min(0);

const fieldChange = z.object({
  path: text.describe(
    '`spec.groups[0].rules[1].expr`; the index is that of the new list, or of the old one for what was removed. `(hidden)` is what a Secret holds.',
  ),
  before: z.unknown().optional().describe('Absent: the field is new.'),
  after: z.unknown().optional().describe('Absent: the field is removed.'),
});

const objectDiff = z.object({
  action: z
    .enum(['created', 'changed', 'deleted', 'renamed'])
    .describe('`renamed` is a recreation under another name.'),
  object: text.describe('`Kind namespace/name`, for people.'),
  apiVersion: text,
  kind: text,
  namespace: text.optional(),
  name: text,
  previous: text.optional().describe('Former `Kind namespace/name` of what is recreated.'),
  consequence: text.optional().describe('What Argo CD removes, or cannot apply, in words for people.'),
  fields: z.array(fieldChange).describe('What differs in an object that is changed or recreated.'),
});

const unitDiff = z.object({
  unit: text,
  environment: text.optional(),
  model: text.optional(),
  objects: z.array(objectDiff).describe('Sorted by object.'),
  files: z.array(
    z.object({ path: text, action: z.enum(['created', 'changed', 'deleted', 'adopted', 'kept']) }),
  ),
});

/** What `driftloop diff --format json` prints; schemas/diff.schema.json is generated from it. */
export const planReportSchema = z.object({
  version: z.literal(shapeVersion),
  repository: text.describe('Address of the GitOps repository, without credentials.'),
  branch: text,
  commit: text.nullable().describe('What was compared with; null: the branch does not exist yet.'),
  summary: z.object({ created: count, changed: count, deleted: count, renamed: count }),
  units: z.array(unitDiff).describe('Those that change, sorted by name.'),
});

/** The JSON schema of it. Readers must let pass what they do not know. */
export function planReportJsonSchema(): object {
  const schema = z.toJSONSchema(planReportSchema, { target: 'draft-7', io: 'input' });
  return { title: 'driftloop diff --format json', ...schema };
}

/** What a diff was made against. */
export interface ComparedWith {
  readonly repository: string;
  readonly branch: string;
  readonly commit: string | undefined;
}

/** The diff for programs, in the documented shape. */
export function reportAsJson(diff: PlanDiff, { repository, branch, commit }: ComparedWith): string {
  const report: z.input<typeof planReportSchema> = {
    version: shapeVersion,
    repository,
    branch,
    commit: commit ?? null,
    summary: diff.summary,
    units: diff.units.map(({ objects, files, ...unit }) => ({
      ...unit,
      objects: objects.map(({ fields, ...object }) => ({ ...object, fields: [...fields] })),
      files: [...files],
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
