import type { PageObject } from './page-data.js';

/** What a person looks for; an empty text is no condition. */
export interface Wanted {
  readonly text: string;
  readonly kind: string;
  readonly environment: string;
  readonly change: string;
}

/** Finds objects by their names, their fields' paths and every line before and after. */
export class ObjectFilter {
  private readonly texts: (string | undefined)[] = [];

  constructor(
    private readonly objects: readonly HTMLElement[],
    private readonly rows: readonly PageObject[],
  ) {}

  matches(index: number, { text, kind, environment, change }: Wanted): boolean {
    const { dataset } = this.objects[index] ?? document.body;
    if (kind !== '' && dataset.kind !== kind) return false;
    if (environment !== '' && dataset.environment !== environment) return false;
    if (change !== '' && dataset.change !== change) return false;
    if (text === '') return true;
    const all = this.textOf(index);
    return text
      .toLowerCase()
      .split(/\s+/)
      .every((word) => all.includes(word));
  }

  /** Made when it is first asked for, because most pages are read without a search. */
  private textOf(index: number): string {
    return (this.texts[index] ??= [
      this.objects[index]?.querySelector('summary')?.textContent ?? '',
      this.objects[index]?.dataset.text ?? '',
      ...(this.rows[index] ?? []).map(([, ...sides]) =>
        sides.map((side) => [side].flat().join('')).join('\n'),
      ),
    ]
      .join('\n')
      .toLowerCase());
  }
}
