import { diffPlan } from '../plan/diff.js';
import type { Delivery } from '../publish/delivery.js';
import { reportAsMarkdown } from '../report/markdown.js';
import { fence } from '../report/markdown-text.js';
import { describeModels } from './body-models.js';
import { plain } from './markdown.js';

export interface BodyOptions {
  /** Longest body, in characters. */
  readonly limit: number;
  /** Page with all changes. */
  readonly compareUrl: string;
}

/** Less room for the changes is not worth the text around them. */
const leastRoom = 1000;

/**
 * The body of a pull request: where it comes from, metrics and rollout of the models, the changes as far as there is room,
 * and the commit's trailers.
 */
export function describePullRequest(delivery: Delivery, { limit, compareUrl }: BodyOptions): string {
  const diff = diffPlan(delivery.plan);
  const { notes, trailers } = delivery.message;
  const told = notes === '' ? [] : [notes.split('\n').map(plain).join('\n')];
  const head = [...describeSource(delivery), ...told, ...describeModels(delivery)];
  const tail = [
    'Merge it, and Argo CD applies it. Close it, and nothing happens until the next publication.',
  ];
  if (trailers.length > 0) tail.push(fence(trailers.join('\n'), 'text'));
  const around = [...head, ...tail].join('\n\n').length + 4;
  if (limit - around < leastRoom) return reportAsMarkdown(diff, { limit, complete: compareUrl });
  const changes = reportAsMarkdown(diff, { limit: limit - around, complete: compareUrl }).trimEnd();
  return `${[...head, changes, ...tail].join('\n\n')}\n`;
}

function describeSource({ context: { source } }: Delivery): readonly string[] {
  if (source === undefined) return [];
  return [`From commit ${source.sha.slice(0, 7)} of the workspace: ${plain(source.subject.slice(0, 200))}`];
}
