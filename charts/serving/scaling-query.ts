import { listSelectors } from '../../config/values/promql.js';
import type { SeriesSelector } from '../../config/values/promql.js';

/** The query with its selectors limited to a namespace, where they do not name one; other environments have the same series. */
export function limitToNamespace(query: string, namespace: string): string {
  return listSelectors(query)
    .filter(({ matchers }) => matchers.every(({ label }) => label !== 'namespace'))
    .sort((first, second) => second.from - first.from)
    .reduce((text, selector) => insertMatcher(text, selector, `namespace="${namespace}"`), query);
}

function insertMatcher(query: string, { from, to }: SeriesSelector, matcher: string): string {
  const written = query.slice(from, to);
  if (!written.endsWith('}')) return `${query.slice(0, to)}{${matcher}}${query.slice(to)}`;
  const inside = written.slice(written.indexOf('{') + 1, -1).trim();
  const separator = inside === '' || inside.endsWith(',') ? '' : ',';
  return `${query.slice(0, to - 1)}${separator}${matcher}${query.slice(to - 1)}`;
}
