import { cautionsOf } from '../../plan/diff.js';
import type { ObjectDiff, PlanDiff, UnitDiff } from '../../plan/diff.js';
import { escapeHtml } from '../markdown-text.js';
import { marks } from '../text.js';
import { showText } from '../../../problems/frame.js';

/** What the page says of an action. */
export const actionWords = {
  created: 'created',
  changed: 'changed',
  deleted: 'deleted',
  renamed: 'recreated',
} as const satisfies Record<ObjectDiff['action'], string>;

/** Units that belong to no environment. */
const noEnvironment = 'shared';

export function environmentOf({ environment }: UnitDiff): string {
  return environment ?? noEnvironment;
}

/** The units with their objects, closed; what an open one shows is made by the page's script. */
export function formatUnits({ units }: PlanDiff): string {
  let index = 0;
  return units
    .map((unit, position) => {
      const objects = unit.objects.map((object) => formatObject(object, unit, index++)).join('');
      const files = unit.objects.length > 0 ? '' : `<ul>${unit.files.map(formatFile).join('')}</ul>`;
      return `<section aria-labelledby="u${position}"><h2 id="u${position}">${plain(unit.unit)}</h2>${objects}${files}</section>`;
    })
    .join('\n');
}

/** What deserves a look first, with a link to each object. */
export function formatCautions(diff: PlanDiff): string {
  const lines = cautionsOf(diff).map(
    ({ object, consequence, index }) =>
      `<li><a href="#o${index}"><code>${plain(object)}</code></a>: ${plain(consequence)}</li>`,
  );
  if (lines.length === 0) return '';
  return `<section class="cautions" aria-labelledby="cautions"><h2 id="cautions">Look at this first</h2><ul>${lines.join('')}</ul></section>`;
}

function formatObject(object: ObjectDiff, unit: UnitDiff, index: number): string {
  const { action, kind, consequence, fields, previous } = object;
  const place = object.object.slice(kind.length + 1);
  const facts = [
    ...(previous === undefined ? [] : [`was ${previous}`]),
    ...(fields.length === 0 ? [] : [`${fields.length} field${fields.length === 1 ? '' : 's'}`]),
  ];
  const warning = consequence === undefined ? '' : `<p class="caution">${plain(consequence)}</p>`;
  const data = [
    `data-change="${action}"`,
    `data-kind="${plain(kind)}"`,
    `data-environment="${plain(environmentOf(unit))}"`,
    `data-text="${plain([unit.unit, ...fields.map(({ path }) => path)].join(' '))}"`,
  ];
  const summary = [
    `<span class="mark" aria-hidden="true">${marks[action]}</span>`,
    `<span class="change">${actionWords[action]}</span>`,
    `<span class="kind">${plain(kind)}</span>`,
    `<span class="name">${plain(place)}</span>`,
    `<span class="facts">${plain(facts.join(', '))}</span>`,
  ];
  return `<details id="o${index}" class="${action}" ${data.join(' ')}><summary>${summary.join(' ')}</summary>${warning}</details>\n`;
}

function formatFile({ path, action }: UnitDiff['files'][number]): string {
  return `<li>file ${action}: <code>${plain(path)}</code></li>`;
}

/** Text of any origin, without what would steer the direction of the line. */
export function plain(text: string): string {
  return escapeHtml(showText(text, 2000));
}
