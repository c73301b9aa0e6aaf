import type { RecordResult } from '../gitops/release/record-delivery.js';
import { describePublished, formatPublished } from './published.js';

/** What became of a release record, for people or for programs. */
export function formatRecorded(result: RecordResult, format: 'text' | 'json'): string {
  const { release, previous, note } = result;
  if (format === 'json') {
    return `${JSON.stringify({ ...describePublished(result), release, previous, note }, null, 2)}\n`;
  }
  return `${note ?? describeStep(result)}\n${formatPublished(result, format)}`;
}

function describeStep({ release, previous }: RecordResult): string {
  const { environment, model, version, image } = release;
  const before = previous === undefined || previous.version === version ? '' : `${previous.version} → `;
  return `${environment}/${model}: version ${before}${version} (${shortDigest(image)})`;
}

/** Enough of a digest to tell it from others: `sha256:2c26b46b68ff`. */
export function shortDigest(image: string): string {
  const digest = image.slice(image.indexOf('@') + 1);
  return digest.slice(0, 'sha256:'.length + 12);
}
