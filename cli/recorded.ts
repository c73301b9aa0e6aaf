import type { ComparedMetric, Comparison } from '../gitops/release/comparison.js';
import type { RecordResult } from '../gitops/release/record-delivery.js';
import { describePublished, formatPublished } from './published.js';
import { formatTable } from './table.js';

/** What became of a release record, for people or for programs. */
export function formatRecorded(result: RecordResult, format: 'text' | 'json'): string {
  const { release, previous, comparison, note } = result;
  if (format === 'json') {
    const described = { ...describePublished(result), release, previous, comparison, note };
    return `${JSON.stringify(described, null, 2)}\n`;
  }
  const compared = previous === undefined || comparison === undefined ? '' : formatComparison(comparison);
  return `${note ?? describeStep(result)}\n${compared}${formatPublished(result, format)}`;
}

function describeStep({ release, previous }: RecordResult): string {
  const { environment, model, version, image } = release;
  const before = previous === undefined || previous.version === version ? '' : `${previous.version} → `;
  return `${environment}/${model}: version ${before}${version} (${shortDigest(image)})`;
}

function formatComparison({ facts, metrics }: Comparison): string {
  const rows = facts
    .filter(({ what }) => what !== 'version')
    .map(({ what, before = '-', after = '-' }) => [what, shorten(before), shorten(after)]);
  return formatTable([['', 'before', 'after'], ...rows, ...metrics.map(rowOf)], '  ');
}

function rowOf({ metric, before, after, gate, passed }: ComparedMetric): readonly string[] {
  const verdict = gate === undefined ? '' : ` (${gate}: ${passed ? 'passed' : 'FAILED'})`;
  return [metric, String(before ?? '-'), `${after ?? '-'}${verdict}`];
}

function shorten(text: string): string {
  if (text.startsWith('sha256:')) return shortDigest(text);
  return /^[0-9a-f]{40,64}$/.test(text) ? text.slice(0, 12) : text;
}

/** Enough of a digest to tell it from others: `sha256:2c26b46b68ff`. */
export function shortDigest(image: string): string {
  return image.slice(image.indexOf('@') + 1).slice(0, 'sha256:'.length + 12);
}
