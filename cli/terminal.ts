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
  /** Asks a question; undefined where nobody can answer. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

export function processTerminal(): Terminal {
  const { stdout, stderr, stdin } = process;
  return {
    environment: process.env,
    get cwd() {
      return process.cwd();
    },
    write: (text) => stdout.write(text),
    log: (text) => stderr.write(`${text}\n`),
    paint: (style, text) => styleText(style, text, { stream: stderr }),
    ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
  };
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
