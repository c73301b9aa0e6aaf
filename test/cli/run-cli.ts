import { run } from '../../cli/program.js';

export interface CliResult {
  readonly status: number;
  /** Standard output. */
  readonly output: string;
  /** Standard error. */
  readonly log: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** What the person at the terminal answers; absent: nobody is there. */
  readonly answers?: readonly string[];
}

/** One command line in this process. */
export async function runCli(words: readonly string[], options: CliOptions): Promise<CliResult> {
  let output = '';
  let log = '';
  const answers = [...(options.answers ?? [])];
  const status = await run(words, {
    environment: options.environment ?? process.env,
    cwd: options.cwd,
    write: (text) => {
      output += text;
    },
    log: (text) => {
      log += `${text}\n`;
    },
    paint: (_style, text) => text,
    ask: options.answers === undefined ? undefined : () => Promise.resolve(answers.shift() ?? ''),
  });
  return { status, output, log };
}
