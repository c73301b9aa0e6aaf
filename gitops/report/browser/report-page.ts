import type { PageObject } from './page-data.js';
import { ObjectFilter } from './object-filter.js';
import { createObjectView } from './object-view.js';

/** So few objects are open from the beginning. */
const fewObjects = 12;

const rows = JSON.parse(document.getElementById('rows')?.textContent ?? '[]') as readonly PageObject[]; // Our own data.
const objects = [...document.querySelectorAll<HTMLDetailsElement>('main details')];
const sections = [...document.querySelectorAll<HTMLElement>('main section:not(.cautions)')];
const form = document.querySelector('form');
const filter = new ObjectFilter(objects, rows);

/** Fills an open object once; what nobody looks at costs nothing. */
function fill(object: HTMLDetailsElement): void {
  const content = rows[objects.indexOf(object)];
  if (content === undefined || object.dataset.filled !== undefined) return;
  object.dataset.filled = '';
  object.append(createObjectView(content));
}

/** Objects that are opened far below are filled when somebody scrolls near them. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      fill(target as HTMLDetailsElement); // Nothing else is observed.
    }
  },
  { rootMargin: '1000px' },
);

function visibleObjects(): readonly HTMLDetailsElement[] {
  return objects.filter((object) => !object.hidden);
}

function applyFilter(): void {
  if (form === null) return;
  const data = new FormData(form);
  const read = (name: string) => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const wanted = {
    text: read('text'),
    kind: read('kind'),
    environment: read('environment'),
    change: read('change'),
  };
  const isFiltered = Object.values(wanted).some((value) => value !== '');
  let count = 0;
  objects.forEach((object, index) => {
    object.hidden = !filter.matches(index, wanted);
    if (!object.hidden) count += 1;
  });
  for (const section of sections) {
    const children = [...section.querySelectorAll('details')];
    section.hidden = children.length === 0 ? isFiltered : children.every(({ hidden }) => hidden);
  }
  const total = `${objects.length} object${objects.length === 1 ? '' : 's'}`;
  const output = form.querySelector('output');
  if (output !== null) output.value = isFiltered ? `${count} of ${total}` : total;
}

function openAll(open: boolean): void {
  for (const object of visibleObjects()) object.open = open;
}

/** Within the list the arrows go from object to object. */
function moveFocus(event: KeyboardEvent): void {
  const summary = event.target;
  if (!(summary instanceof HTMLElement) || summary.tagName !== 'SUMMARY') return;
  const visible = visibleObjects();
  const index = visible.findIndex((object) => object.contains(summary));
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    Home: 0,
    End: visible.length - 1,
  };
  const target = visible[targets[event.key] ?? -1];
  if (target === undefined) return;
  event.preventDefault();
  target.querySelector('summary')?.focus();
}

/** From the search with Enter or the arrow to what was found, and with Escape to everything. */
function leaveSearch(event: KeyboardEvent): void {
  if (!(event.target instanceof HTMLInputElement)) return;
  if (event.key === 'Enter' || event.key === 'ArrowDown') {
    event.preventDefault();
    visibleObjects()[0]?.querySelector('summary')?.focus();
  }
  if (event.key === 'Escape') {
    event.target.value = '';
    applyFilter();
  }
}

/** A link to an object opens it, even where the filter hides it. */
function openLinked(): void {
  const target = objects.find(({ id }) => `#${id}` === location.hash);
  if (target === undefined) return;
  if (target.hidden) form?.reset();
  applyFilter();
  target.open = true;
  fill(target);
  target.scrollIntoView();
  target.querySelector('summary')?.focus();
}

for (const object of objects) {
  object.addEventListener('toggle', () => {
    if (object.open) near.observe(object);
  });
}
form?.addEventListener('input', applyFilter);
form?.addEventListener('reset', () => setTimeout(applyFilter));
form?.addEventListener('submit', (event) => {
  event.preventDefault();
});
form?.addEventListener('keydown', leaveSearch);
form?.querySelector('[name=expand]')?.addEventListener('click', () => {
  openAll(true);
});
form?.querySelector('[name=collapse]')?.addEventListener('click', () => {
  openAll(false);
});
document.querySelector('main')?.addEventListener('keydown', moveFocus);
addEventListener('hashchange', openLinked);
addEventListener('beforeprint', () => {
  for (const object of visibleObjects()) if (object.open) fill(object);
});

if (form !== null) form.hidden = false;
applyFilter();
if (objects.length <= fewObjects) openAll(true);
openLinked();
