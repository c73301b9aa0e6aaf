import { verifier } from '../charts/verifier-contract.js';
import { loadStep, stepNames } from './load-step.js';
import { createLog } from './log.js';
import { describeStep, runStep } from './run.js';

/**
 * Entry of the step runner: `node step.mjs <step>` runs a step, `--help` says what it needs; `verify-events` serves until
 * it is stopped.
 */
const [name = '', option] = process.argv.slice(2);
if (name === verifier.mode) {
  const { serveVerifier } = await import('./verify-events.js');
  await serveVerifier();
} else {
  process.exitCode = await start(name);
}

async function start(name: string): Promise<0 | 1> {
  const step = await loadStep(name);
  if (step === undefined) {
    console.log(`usage: step.mjs ${[...stepNames, verifier.mode].join(' | ')} [--help]`);
    return name === '--help' ? 0 : 1;
  }
  if (option === '--help') {
    console.log(describeStep(step.contract));
    return 0;
  }
  return runStep(step, process.env, createLog(name, process.env, console.log));
}
