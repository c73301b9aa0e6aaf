import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { reportFailure } from './failures.js';
import { packageRoot } from './package-root.js';
import { Session } from './session.js';
import type { Terminal } from './terminal.js';
import { addCheck } from './verbs/check.js';
import { addDiff } from './verbs/diff.js';
import { addExplain } from './verbs/explain.js';
import { addGraph } from './verbs/graph.js';
import { addInit } from './verbs/init.js';
import { addLift } from './verbs/lift.js';
import { addPublish } from './verbs/publish.js';
import { addPromote } from './verbs/promote.js';
import { addRehearse } from './verbs/rehearse.js';
import { addRelease } from './verbs/release.js';
import { addReleases } from './verbs/releases.js';
import { addRollback } from './verbs/rollback.js';
import { addRun } from './verbs/run.js';
import { addStep } from './verbs/step.js';
import { addSynth } from './verbs/synth.js';
import { addVerify } from './verbs/verify.js';

/** Runs one command line, without the name of the program, and returns the exit status. */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  const session = new Session(terminal);
  session.readByProgram = asksForJson(words);
  try {
    await createProgram(session).parseAsync(words, { from: 'user' });
    return session.status;
  } catch (error) {
    return reportFailure(error, session);
  } finally {
    session.progress.end();
  }
}

/** Looked at before the words are understood, because what cannot be understood is told as JSON, too. */
function asksForJson(words: readonly string[]): boolean {
  return words.some(
    (word, index) => word === '--format=json' || (word === '--format' && words[index + 1] === 'json'),
  );
}

/** The tree of verbs; docs/reference/cli.md is generated from it. */
export function createProgram(session: Session): Command {
  const { terminal } = session;
  const program = new Command('driftloop')
    .description(
      "Generates everything that closes a model's drift loop on Kubernetes, proves that the alert reaches the pipeline, and delivers it by Git.",
    )
    .version(readVersion())
    .helpCommand(false)
    // `release --version` is not the program's --version.
    .enablePositionalOptions()
    .showHelpAfterError('(--help says more)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.write(text);
      },
      writeErr: (text) => {
        terminal.log(text.trimEnd());
      },
    });
  const verbs = [
    addInit,
    addCheck,
    addSynth,
    addDiff,
    addPublish,
    addRelease,
    addVerify,
    addPromote,
    addRollback,
    addLift,
    addReleases,
    addRehearse,
    addRun,
    addStep,
    addExplain,
    addGraph,
  ];
  for (const addVerb of verbs) addVerb(program, session);
  program.addHelpText('after', helpEnding);
  return program;
}

const helpEnding = `
Exit status:
  0    done
  1    the input has errors
  2    diff --exit-code found changes
  3    something outside failed: git, the forge, the cluster, the disk
  70   a fault of driftloop itself
  130  interrupted

Results go to standard output, progress and problems to standard error.`;

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string;
  }; // Our own file.
  return version;
}
