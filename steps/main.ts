import { verifier } from '../charts/verifier-contract.js';
import { admit } from './admit.js';
import { clearOutput } from './clear-output.js';
import { evaluate } from './evaluate.js';
import { fetchSource } from './fetch-source.js';
import { release } from './release.js';
import { describeStep, runStep } from './run.js';
import { startRun } from './start-run.js';
import type { Step } from './step.js';
import { serveVerifier } from './verify-events.js';

/**
 * Entry of the step runner: `node step.mjs <step>` runs a step, `--help` says what it needs; `verify-events` serves until
 * it is stopped.
 */
const steps: readonly Step[] = [admit, fetchSource, clearOutput, evaluate, release, startRun];

const [name, option] = process.argv.slice(2);
const step = steps.find(({ contract }) => contract.name === name);
if (name === verifier.mode) {
  await serveVerifier();
} else if (step === undefined) {
  const names = [...steps.map(({ contract }) => contract.name), verifier.mode].join(' | ');
  console.log(`usage: step.mjs ${names} [--help]`);
  process.exitCode = name === '--help' ? 0 : 1;
} else if (option === '--help') {
  console.log(describeStep(step.contract));
} else {
  process.exitCode = await runStep(step, process.env, (line) => {
    console.log(line);
  });
}
