import type { DeliveryPlan } from '../plan/plan.js';
import { diffPlan, formatCounts } from '../plan/diff.js';
import type { PlanDiff } from '../plan/diff.js';
import type { ComparedWith } from './json.js';
import { contentSecurityPolicy, readPageAssets } from './html/page-assets.js';
import { rowsOf } from './html/object-rows.js';
import { actionWords, environmentOf, formatCautions, formatUnits, plain } from './html/page-objects.js';

/**
 * The diff as one page that needs no network: all objects before and after, side by side. It runs and loads nothing but
 * what stands in it, and shows every text as text.
 */
export function reportAsHtml(plan: DeliveryPlan, { repository, branch, commit }: ComparedWith): string {
  const diff = diffPlan(plan);
  const assets = readPageAssets();
  const counts = formatCounts(diff.summary);
  const rows = plan.units.flatMap((unit) => unit.objects.map(rowsOf));
  const compared = `${repository}, ${branch}${commit === undefined ? '' : ` at ${commit.slice(0, 12)}`}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${plain(contentSecurityPolicy(assets))}">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>driftloop diff: ${plain(counts)}</title>
<link rel="icon" href="data:,">
<style>${assets.style}</style>
</head>
<body>
<header>
<h1>What publishing would change</h1>
<p>${plain(counts)} in ${diff.units.length} unit${diff.units.length === 1 ? '' : 's'}, compared with ${plain(compared)}.</p>
</header>
<noscript><p>Without JavaScript this page shows what happens to which object, but not the lines that change.</p></noscript>
${formatFilter(diff)}
<main>
${formatCautions(diff)}
${diff.units.length === 0 ? '<p>Nothing to change.</p>' : formatUnits(diff)}
</main>
<script type="application/json" id="rows">${embedJson(rows)}</script>
<script>${assets.script}</script>
</body>
</html>
`;
}

function formatFilter(diff: PlanDiff): string {
  const objects = diff.units.flatMap((unit) => unit.objects);
  const kinds = [...new Set(objects.map(({ kind }) => kind))].sort();
  const environments = [...new Set(diff.units.map(environmentOf))];
  const changes = Object.entries(actionWords).filter(([action]) =>
    objects.some((object) => object.action === action),
  );
  return `<form class="filter" role="search" aria-label="Objects" hidden>
<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="name, field or value"></label>
${select(
  'Kind',
  'kind',
  kinds.map((kind) => [kind, kind]),
)}
${select(
  'Environment',
  'environment',
  environments.map((name) => [name, name]),
)}
${select('Change', 'change', changes)}
<button type="button" name="expand">Open all</button>
<button type="button" name="collapse">Close all</button>
<output role="status"></output>
</form>`;
}

function select(
  label: string,
  name: string,
  options: readonly (readonly [value: string, shown: string])[],
): string {
  const list = options.map(([value, shown]) => `<option value="${plain(value)}">${plain(shown)}</option>`);
  return `<label>${label} <select name="${name}"><option value="">all</option>${list.join('')}</select></label>`;
}

/** JSON that no value can end the element with. */
function embedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
