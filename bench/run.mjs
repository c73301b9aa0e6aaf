// `npm run bench`: how fast driftloop is, in ratios measured in one run on one machine (docs/how-to/measure-speed.md).
//   --sizes 1,100,1000   numbers of models, each in two environments
//   --stock 50,100       sizes for cdk8s' own App.synth, whose time grows with their square
//   --fuzz 100000        also compare so many documents of the fast emitter with the library's
//   --output FILE        default bench/results.md
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, root } from '../scripts/workbench.mjs';
import {
  measureCdk8s,
  measureFloor,
  measureSize,
  measureStock,
  measurePublishing,
  measureStructure,
  measureRehearsal,
  measureTeams,
} from './cases.mjs';
import { measureDiff, measurePage } from './diff.mjs';
import { fuzz } from './fuzz.mjs';
import { measurePeers } from './peers.mjs';
import { writeReport } from './report.mjs';
import { measureSteps } from './steps.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1,100,1000' },
    stock: { type: 'string', default: '50,100' },
    fuzz: { type: 'string', default: '0' },
    output: { type: 'string', default: join(root, 'bench/results.md') },
  },
});
const sizes = numbersOf(values.sizes);

ensureInstalled();
ensureBuilt();
// On tmpfs where there is one: a disk shared with others would be measured instead.
const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'driftloop-bench-'));
try {
  const results = {
    floor: measureFloor(folder),
    sizes: sizes.map((size) => report(`${size} models`, () => measureSize(folder, size))),
    stock: numbersOf(values.stock).map((size) =>
      report(`stock cdk8s, ${size} models`, () => measureStock(folder, size)),
    ),
    cdk8s: report('cdk8s synth', () => measureCdk8s(folder)),
    diff: report('diff', () => measureDiff(folder)),
    page: await report('page of a diff', () => measurePage(folder)),
    publishing: report('publishing', () => measurePublishing(folder)),
    steps: report('steps', () => measureSteps()),
    structure: report('API schemas', () => measureStructure(folder)),
    teams: report('teams', () => measureTeams(folder)),
    rehearsal: report('rehearsals', () => measureRehearsal(folder)),
    peers: report('peers', () => measurePeers(join(folder, `size-${Math.max(...sizes)}-output`), folder, 20)),
    fuzz: report('fuzz', () => fuzz(Number(values.fuzz))),
  };
  writeReport(values.output, results);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function numbersOf(text) {
  return text.split(',').map(Number);
}

function report(title, work) {
  console.error(`${title} ...`);
  const result = work();
  if (result instanceof Promise) return result.then((value) => tell(value));
  return tell(result);
}

function tell(result) {
  console.error(`  ${JSON.stringify(result, (key, value) => (key === 'output' ? undefined : value))}`);
  return result;
}
