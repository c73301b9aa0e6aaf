import type { RenderedUnit } from '../synth/manifest.js';
import type { ProvenUnits } from '../validate/prove-units.js';
import type { Terminal } from './terminal.js';

/** Work that takes less is not told about. */
const patience = 1000;

/** Milliseconds between two lines. */
const pace = 100;

/** One line on a terminal that says what takes so long. Where nobody watches, and in a CI, it says nothing. */
export class Progress {
  private readonly show: Terminal['showProgress'];
  private readonly began: number;
  private next: number;
  private timer: NodeJS.Timeout | undefined;
  private text = '';

  constructor(
    terminal: Pick<Terminal, 'showProgress'>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.show = terminal.showProgress;
    this.began = now();
    this.next = this.began + patience;
  }

  /** What is being done from now on; also shown when it keeps nothing but the network busy. */
  say(text: string): void {
    this.text = text;
    if (this.show === undefined) return;
    this.timer ??= setInterval(() => {
      this.draw();
    }, pace).unref();
    this.draw();
  }

  /** For work that leaves timers no time: called for every part that is done. */
  count(text: string, done: number, total: number): void {
    this.text = `${text} ${done} of ${total}`;
    this.draw();
  }

  /** Takes the line away. */
  end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    if (this.show !== undefined && this.next > this.began + patience) this.show('');
  }

  private draw(): void {
    const now = this.now();
    if (this.show === undefined || now < this.next) return;
    this.next = now + pace;
    this.show(`${this.text} … ${Math.floor((now - this.began) / 1000)} s`);
  }
}

/** Hands units out as they come, and counts them on the line of progress. */
export function followUnits(units: ProvenUnits, total: number, progress: Progress): ProvenUnits {
  return {
    value: { [Symbol.iterator]: () => count(units.value, total, progress) },
    get problems() {
      return units.problems;
    },
  };
}

/** Pieces of one unit count once. */
function* count(units: Iterable<RenderedUnit>, total: number, progress: Progress): Generator<RenderedUnit> {
  const names = new Set<string>();
  for (const rendered of units) {
    progress.count('Rendering units:', names.add(rendered.unit.name).size, total);
    yield rendered;
  }
}
