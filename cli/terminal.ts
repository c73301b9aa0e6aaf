import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

/** All that the command line knows of the world around the process, so that tests can stand in for it. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** Where relative paths of the command line begin. */
  readonly cwd: string;
  /** Results: standard output. */
  write(text: string): void;
  /** Progress and problems: standard error. */
  log(text: string): void;
  /** Colours, where standard error is a terminal and NO_COLOR is not set. */
  paint(style: Style, text: string): string;
  /** One line on standard error that the next one replaces, '' takes it away; absent where nobody watches, and in a CI. */
  readonly showProgress?: ((line: string) => void) | undefined;
  /** Asks a question; undefined where nobody can answer. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

export function processTerminal(): Terminal {
  const { stdout, stderr, stdin } = process;
  const line = new ProgressLine(stderr);
  return {
    environment: process.env,
    get cwd() {
      return process.cwd();
    },
    write: (text) => {
      line.show('');
      stdout.write(text);
    },
    log: (text) => {
      line.show('');
      stderr.write(`${text}\n`);
    },
    paint: (style, text) => styleText(style, text, { stream: stderr }),
    showProgress: isWatched(stderr, process.env)
      ? (text) => {
          line.show(text);
        }
      : undefined,
    ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
  };
}

/** A terminal that can take a line back, and no log that somebody reads later. */
export function isWatched(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && environment.TERM !== 'dumb' && (environment.CI ?? '') === '';
}

/** The last line of a terminal, as long as nothing else is written. */
export class ProgressLine {
  private shown = false;

  constructor(private readonly stream: Pick<NodeJS.WriteStream, 'write' | 'columns'>) {}

  show(text: string): void {
    if (text === '' && !this.shown) return;
    this.shown = text !== '';
    // A line that wraps could not be taken back.
    this.stream.write(`\r\u001B[K${text.slice(0, Math.max(0, this.stream.columns - 1))}`);
  }
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and Ctrl-D close the interface, which leaves its question open for ever.
  const controller = new AbortController();
  lines.once('close', () => {
    controller.abort();
  });
  try {
    return (await lines.question(question, { signal: controller.signal })).trim();
  } finally {
    lines.close();
  }
}
