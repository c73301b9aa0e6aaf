import { startProgram } from './cli/start.js';

/**
 * What `cdk8s synth` runs (cdk8s.yaml): the same as `driftloop synth`.
 * cdk8s tells by CDK8S_OUTDIR where to write; the workspace is the first argument, or the current directory.
 */
const workspace = process.argv[2] ?? '.';
const output = process.env.CDK8S_OUTDIR ?? 'dist';
startProgram(['synth', '--directory', workspace, '--output', output]);
