// Writes the results down, and judges them by the targets.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { root } from '../scripts/workbench.mjs';
import { judge } from './targets.mjs';

export function writeReport(file, results) {
  const targets = judge(results);
  writeFileSync(file, formatReport(results, targets));
  for (const { name, measured, verdict } of targets) console.log(`${verdict.padEnd(12)}${name}: ${measured}`);
}

function formatReport(results, targets) {
  return `# Speed

Written by \`npm run bench\` (bench/run.mjs). Wall and CPU time of whole processes, start of Node and everything
included, of the fastest of several runs. Ratios are those of CPU time, which neighbours on the machine disturb less. Every model is rendered for two environments.

${machine()}

## Targets

| target | measured | |
| --- | --- | --- |
${targets.map(({ name, measured, verdict }) => `| ${name} | ${measured} | ${verdict} |`).join('\n')}

## \`driftloop synth\`

| models | case | wall s | CPU s | peak MB | of raw JSON |
| ---: | --- | ---: | ---: | ---: | ---: |
${results.sizes.flatMap(formatSize).join('\n')}

"Of raw JSON" is the CPU time divided by that of \`JSON.stringify\` and \`writeFileSync\` of the same objects into the
same files, without making the objects. An empty Node program takes ${ms(results.floor.start.wall)}
(${results.floor.start.memory.toFixed(0)} MB), \`driftloop --version\` ${ms(results.floor.version.wall)}.

## Compared

| with | models | they take CPU s | driftloop takes s | ratio |
| --- | ---: | ---: | ---: | ---: |
${[...results.stock.map(formatStock), ...formatPeers(results)].join('\n')}

"cdk8s \`App.synth\`" is the time of building and synthesizing all charts in one app with the methods that come with
cdk8s; loading, checking and the start of Node are not in it, but are in ours. kustomize and helm get the finished
objects of each model and environment and have to print them (helm with the name of the model as a value); theirs is the
time of one process per model and environment, measured on ${results.peers.units} of them and multiplied.

\`cdk8s synth\`: one model ${seconds(results.cdk8s.model)} s, an app with an empty chart ${seconds(results.cdk8s.empty)} s.
\`driftloop diff\` of ${results.diff.objects} objects, one model of two changed: ${seconds(results.diff.text.wall)} s
(${seconds(results.diff.text.cpu)} s of CPU in Node). Its page of ${results.page.objects} new objects: ${results.page.megabytes.toFixed(1)} MB.
Publishing besides the network: ${results.publishing.files} files added in ${seconds(results.publishing.added.wall)} s, one unit of ${results.publishing.target} files in ${seconds(results.publishing.changed.wall)} s, found among all in ${seconds(results.publishing.everything.wall)} s.
Start of a step in the cluster, start of Node included: ${results.steps.map(({ name, wall }) => `${name} ${ms(wall)}`).join(', ')}.
${results.teams.size} models cold, of one team ${seconds(results.teams.one.cpu)} s of CPU, of ${results.teams.teams} teams ${seconds(results.teams.many.cpu)} s.
Rehearsals of all models: ${results.rehearsal.map((each) => `${each.size} models ${seconds(each.seconds)} s`).join(', ')} of CPU.
All checks against the API schemas: ${results.structure.objects} objects in ${ms(results.structure.seconds)}.
`;
}

function machine() {
  const [processor] = cpus();
  const revision = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  const changes = execFileSync('git', ['status', '--porcelain', '--untracked-files=no'], {
    cwd: root,
    encoding: 'utf8',
  });
  const dirty = changes === '' ? '' : ' with changes';
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${revision}${dirty}, ${cpus().length} × ${processor.model.trim()}, ${memory} GiB, Node ${process.version}, load ${loadavg()[0].toFixed(1)}.`;
}

function formatSize({ size, cold, warm, changed, json }) {
  const row = (name, { wall, cpu, memory }, ratio) =>
    `| ${size} | ${name} | ${seconds(wall)} | ${seconds(cpu)} | ${memory.toFixed(0)} | ${ratio} |`;
  return [
    row('cold', cold, (cold.cpu / json.seconds).toFixed(1)),
    row('nothing changed', warm, ''),
    row('one model changed', changed, ''),
    `| ${size} | raw JSON, ${json.files} files | | ${seconds(json.seconds)} | | 1 |`,
  ];
}

function formatStock({ size, cold, seconds: theirs, charts }) {
  return compare(`cdk8s \`App.synth\`, ${charts} charts`, size, theirs, cold.cpu);
}

function formatPeers({ peers, sizes }) {
  const { size, cold } = sizes.at(-1);
  return ['kustomize', 'helm']
    .filter((tool) => peers[tool] !== undefined)
    .map((tool) => compare(`${tool} (wall)`, size, peers[tool] * 2 * size, cold.wall));
}

function compare(name, size, theirs, ours) {
  return `| ${name} | ${size} | ${seconds(theirs)} | ${seconds(ours)} | ${(theirs / ours).toFixed(1)} |`;
}

function seconds(value) {
  return value.toFixed(2);
}

function ms(value) {
  return `${(value * 1000).toFixed(0)} ms`;
}
