import type { PageObject, PageRow } from './page-data.js';

/** Lines that stay visible before and after a change. */
const context = 3;

/** Fewer unchanged lines than this are not worth hiding. */
const leastHidden = 6;

/** One line as it is shown: a side is undefined where the object has no such line. */
interface ViewRow {
  readonly kind: PageRow[0];
  readonly before: Side | undefined;
  readonly after: Side | undefined;
}

interface Side {
  readonly number: number;
  readonly pieces: readonly string[];
}

/** The lines of an object, before and after side by side; one side alone for what is created or deleted. */
export function createObjectView(object: PageObject): HTMLElement {
  const rows = numberRows(object);
  const sides = (['before', 'after'] as const).filter((side) => rows.some((row) => row[side] !== undefined));
  const table = document.createElement('table');
  table.className = sides.length === 2 ? 'both' : 'one';
  for (let count = sides.length; count > 0; count -= 1)
    table.append(createColumn('number'), createColumn('line'));
  const head = table.createTHead().insertRow();
  for (const side of sides) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.colSpan = 2;
    cell.textContent = side === 'before' ? 'Before' : 'After';
    head.append(cell);
  }
  const body = table.createTBody();
  for (const part of splitRows(rows, sides.length === 1)) {
    if (part.hidden) body.append(createGap(part.rows, sides));
    else body.append(...part.rows.map((row) => createRow(row, sides)));
  }
  return table;
}

function createColumn(name: string): HTMLElement {
  const column = document.createElement('col');
  column.className = name;
  return column;
}

function numberRows(object: PageObject): readonly ViewRow[] {
  let [before, after] = [0, 0];
  return object.map((row): ViewRow => {
    const [kind] = row;
    const pieces: readonly [readonly string[], readonly string[]] =
      row[0] === 3 ? [row[1], row[2]] : [[row[1]], [row[1]]];
    return {
      kind,
      before: kind === 2 ? undefined : { number: ++before, pieces: pieces[0] },
      after: kind === 1 ? undefined : { number: ++after, pieces: pieces[1] },
    };
  });
}

interface RowGroup {
  readonly hidden: boolean;
  readonly rows: readonly ViewRow[];
}

/** Long runs of lines that stayed the same are hidden at first. */
function splitRows(rows: readonly ViewRow[], whole: boolean): readonly RowGroup[] {
  if (whole) return [{ hidden: false, rows }];
  const near = new Set<number>();
  rows.forEach(({ kind }, index) => {
    if (kind === 0) return;
    for (let other = index - context; other <= index + context; other += 1) near.add(other);
  });
  const groups: { hidden: boolean; rows: ViewRow[] }[] = [];
  rows.forEach((row, index) => {
    const hidden = !near.has(index);
    const last = groups.at(-1);
    if (last?.hidden === hidden) last.rows.push(row);
    else groups.push({ hidden, rows: [row] });
  });
  return groups.map((group) => ({ ...group, hidden: group.hidden && group.rows.length >= leastHidden }));
}

/** A button in the place of hidden lines. */
function createGap(rows: readonly ViewRow[], sides: readonly ('before' | 'after')[]): HTMLTableRowElement {
  const gap = document.createElement('tr');
  gap.className = 'gap';
  const cell = gap.insertCell();
  cell.colSpan = sides.length * 2;
  const button = document.createElement('button');
  button.type = 'button';
  const verb = document.createElement('span');
  verb.className = 'verb';
  verb.textContent = 'Show ';
  button.append(verb, `${rows.length} unchanged lines`);
  button.addEventListener('click', () => {
    const shown = rows.map((row) => createRow(row, sides));
    // The focus must not fall back to the top of the page with the button gone.
    const [first] = shown;
    if (first !== undefined) first.tabIndex = -1;
    gap.replaceWith(...shown);
    first?.focus();
  });
  cell.append(button);
  return gap;
}

const marks = { before: '−', after: '+' } as const;

function createRow(row: ViewRow, sides: readonly ('before' | 'after')[]): HTMLTableRowElement {
  const line = document.createElement('tr');
  if (row.kind === 0) line.className = 'same';
  for (const side of sides) {
    const content = row[side];
    const number = line.insertCell();
    const text = line.insertCell();
    number.className = 'number';
    if (content === undefined) {
      number.classList.add('empty');
      text.className = 'empty';
      continue;
    }
    number.textContent = String(content.number);
    text.className = row.kind === 0 ? 'line' : `line ${side}`;
    if (row.kind !== 0) text.append(createMark(marks[side]));
    text.append(...content.pieces.map((piece, index) => createPiece(piece, index, side)));
  }
  return line;
}

/** What changed is told by more than a colour. */
function createMark(mark: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'sign';
  element.textContent = mark;
  return element;
}

/** Pieces alternate: what stayed, what differs, what stayed, … */
function createPiece(text: string, index: number, side: 'before' | 'after'): Node {
  if (index % 2 === 0) return document.createTextNode(text);
  const element = document.createElement(side === 'before' ? 'del' : 'ins');
  element.textContent = text;
  return element;
}
