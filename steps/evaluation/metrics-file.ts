import { runFolders, trainingOutputs } from '../../charts/contract.js';
import { championSchema, reservedMetrics, snapshotName } from '../../charts/tasks/metrics-file.js';
import { readRunFile } from '../run-file.js';
import { StepFailure } from '../step-failure.js';
import { findRepeatedKey } from './repeated-key.js';

/** Values by metric name, as training wrote them; not every value needs to be a metric. */
export type WrittenMetrics = ReadonlyMap<string, unknown>;

/** What `metrics.json` says; what no gate asks about may be anything. */
export interface MetricsFile {
  readonly metrics: WrittenMetrics;
  /** What the model was measured on; undefined: the file does not say. */
  readonly dataSnapshot: string | undefined;
  /** What the training measured of the model that runs now, on the same data. */
  readonly champion: { readonly version: string; readonly metrics: WrittenMetrics } | undefined;
}

/** Reads `metrics.json`; whatever is wrong with the file as a whole fails in one sentence. */
export async function readMetricsFile(workspace: string): Promise<MetricsFile> {
  const text = await readRunFile(workspace, runFolders.output, trainingOutputs.metrics);
  const content = parseStrictly(text, trainingOutputs.metrics);
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new StepFailure(`${trainingOutputs.metrics} must be an object of numbers by metric name.`);
  const entries = new Map<string, unknown>(Object.entries(content));
  const reserved: readonly string[] = Object.values(reservedMetrics);
  const champion = readPart(entries, reservedMetrics.champion, championSchema);
  return {
    metrics: new Map([...entries].filter(([name]) => !reserved.includes(name))),
    dataSnapshot: readPart(entries, reservedMetrics.dataSnapshot, snapshotName),
    champion: champion && {
      version: champion.version,
      metrics: new Map(Object.entries(champion.metrics)),
    },
  };
}

/** JSON without NaN, Infinity, or a name that stands twice, of which one value would silently count. */
export function parseStrictly(text: string, file: string): unknown {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new StepFailure(`${file} is not JSON (NaN and Infinity are not either).`);
  }
  const repeated = findRepeatedKey(text);
  if (repeated === undefined) return content;
  throw new StepFailure(`${file} has the name ${JSON.stringify(repeated.slice(0, 100))} twice.`);
}

interface Part<T> {
  safeParse(value: unknown):
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: { readonly issues: readonly { path: PropertyKey[]; message: string }[] };
      };
}

function readPart<T>(entries: ReadonlyMap<string, unknown>, name: string, schema: Part<T>): T | undefined {
  if (!entries.has(name)) return undefined;
  const parsed = schema.safeParse(entries.get(name));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = [name, ...(issue?.path ?? [])].map(String).join('.').slice(0, 100);
  throw new StepFailure(`${place} in ${trainingOutputs.metrics}: ${issue?.message ?? 'is wrong'}.`);
}
