import { writeSync } from 'node:fs';
import { publish } from '../../../gitops/publish/publish.js';
import { source } from './publishing-source.js';
import { object, unit, workspace } from './units.js';

/** A publisher in a process of its own: `node publish-child.mjs <repository> <locks> <model> <rendering|publishing>`. */
const [repository = '', lockDirectory = '', model = '', behaviour = ''] = process.argv.slice(2);

const { value, problems } = await publish({
  workspace,
  remote: { url: repository, credentials: undefined },
  branch: 'main',
  source,
  lockDirectory,
  selection: { models: [model] },
  render: () => {
    writeSync(1, 'rendering\n');
    // Stands still inside the rendering, as a process does that is about to be killed.
    if (behaviour === 'rendering') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return { value: [unit(`test/${model}`, { alerts: [object('a'), object('b')] })], problems: [] };
  },
});
writeSync(1, `${value?.action ?? JSON.stringify(problems)}\n`);
