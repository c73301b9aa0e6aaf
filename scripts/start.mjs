// `npm start`: installs and builds what is missing, then runs the whole way on examples/jukebox, verb by verb.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './workbench.mjs';

const workspace = 'examples/jukebox';
const payload = `${workspace}/payloads/firing`;

ensureInstalled();
ensureBuilt();
const { run } = await import('../build/cli/program.js');

console.log(`The drift loop of ${workspace}, from two short files to a GitOps repository\n`);
await show('check', '-C', workspace);
await show('synth', '-C', workspace, '-o', 'dist');
const rehearsal = await perform(
  ...['rehearse', 'jukebox', '--env', 'test', '-C', workspace],
  ...[
    '--payload',
    `${payload}.json`,
    '--headers',
    `${payload}.headers`,
    '--expect',
    'run',
    '--format',
    'json',
  ],
);
describeRehearsal(JSON.parse(rehearsal.output));
await show('publish', '-C', workspace, '--to', 'embedded');

console.log(`
Where it is
  dist/                                   what Argo CD would read: toolings, test and prod
  ${workspace}/.driftloop/gitops.git  the local GitOps repository (git --git-dir ... log --stat main)
What to do next
  npx driftloop explain models/jukebox.yaml -C ${workspace}   where each value comes from
  edit ${workspace}/models/jukebox.yaml, then npx driftloop diff -C ${workspace} --to embedded
  npx driftloop init -C my-platform                           a workspace of your own
  docs/tutorial.md                                            the way from there to a cluster`);

/** Runs a verb and prints what it says. */
async function show(...words) {
  const { output, log } = await perform(...words);
  printIndented(`${output}${log}`);
}

async function perform(...words) {
  console.log(`$ driftloop ${words.filter((word) => word !== '--format' && word !== 'json').join(' ')}`);
  let output = '';
  let log = '';
  const status = await run(words, {
    environment: process.env,
    cwd: root,
    write: (text) => (output += text),
    log: (text) => (log += `${text}\n`),
    paint: (_style, text) => text,
    ask: undefined,
  });
  if (status === 0) return { output, log };
  printIndented(`${output}${log}`);
  process.exit(status);
}

function describeRehearsal({ hops, created }) {
  const told = hops.filter(({ outcome }) => outcome === 'passed');
  for (const { hop, subject } of told) console.log(`  ${hop.padEnd(12)} ${subject}`);
  for (const { kind, metadata } of created)
    console.log(`  starts       ${kind} ${metadata.namespace}/${metadata.name}`);
}

function printIndented(text) {
  for (const line of text.trimEnd().split('\n')) console.log(`  ${line.replaceAll(join(root, '/'), '')}`);
}
