import { resolve } from 'node:path';
import { run } from './cli/program.js';
import { processTerminal } from './cli/terminal.js';

/**
 * What `cdk8s synth` runs (cdk8s.yaml): the same as `driftloop synth`.
 * cdk8s tells by CDK8S_OUTDIR where to write; the workspace is the first argument, or the current directory.
 */
const workspace = process.argv[2] ?? '.';
const output = resolve(process.env.CDK8S_OUTDIR ?? 'dist');
process.exitCode = await run(['synth', '--directory', workspace, '--output', output], processTerminal());
