// What publishing costs besides the network: `publish.mjs WORKSPACE FOLDER` prints a line of JSON with wall seconds, and CPU seconds in Node, of
// comparing and committing 2,000 new files, and one changed unit among 20,000 files: asked for by its name, and found
// among all.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadWorkspace } from '../build/index.js';
import { defaultIdentity } from '../build/gitops/git/commit.js';
import { formatMessage } from '../build/gitops/publish/commit-message.js';
import { prepareDelivery } from '../build/gitops/publish/delivery.js';
import { Target } from '../build/gitops/target/target.js';

const [workspaceFolder, folder] = process.argv.slice(2);
const { value: workspace } = loadWorkspace(workspaceFolder);
const filesPerUnit = 10;

const repository = join(folder, 'publish.git');
execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', repository]);
// 200 units of 10 files, then 1,800 more; nothing else is measured of the second one.
const added = await publish(unitsOf(200));
await publish(unitsOf(2000));
const changed = await publish(unitsOf(2000, 'changed'), { models: ['model-7'] });
const everything = await publish(unitsOf(2000, 'changed again'));
console.log(
  JSON.stringify({ files: 200 * filesPerUnit, added, target: 2000 * filesPerUnit, changed, everything }),
);

/** As gitops/publish/publish.ts does it; what Git fetches and pushes is not timed. */
async function publish(units, selection = {}) {
  const target = await Target.open({ url: repository, credentials: undefined });
  try {
    const tree = await target.fetch('main');
    const [begin, used] = [performance.now(), process.cpuUsage()];
    const request = {
      workspace,
      selection,
      render: () => ({ value: units, problems: [] }),
      source: undefined,
    };
    const { value: delivery, problems } = await prepareDelivery(request, tree);
    if (delivery === undefined) throw new Error(JSON.stringify(problems));
    const commit = await target.commit({
      parent: tree.commit,
      files: delivery.files,
      message: formatMessage(delivery.message),
      identity: defaultIdentity,
      date: new Date(),
    });
    const wall = (performance.now() - begin) / 1000;
    const { user, system } = process.cpuUsage(used);
    await target.push(commit, 'main');
    return { wall, cpu: (user + system) / 1e6 };
  } finally {
    await target.close();
  }
}

/** @param level what one of the units says */
function unitsOf(count, level = 'first') {
  return Array.from({ length: count }, (_, index) => {
    const name = `test/model-${index}`;
    const unit = { name, directory: `environments/${name}`, environment: 'test', model: `model-${index}` };
    const manifests = Array.from({ length: filesPerUnit }, (_, file) => ({
      unit,
      file: `${unit.directory}/part-${file}.k8s.yaml`,
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `part-${file}`, namespace: 'mlops-test' },
        data: { level: index === 7 ? level : 'first', text: 'a line of some length\n'.repeat(20) },
      },
    }));
    return {
      unit,
      manifests,
      files: manifests.map(({ file, object }) => ({ path: file, text: stringify(object) })),
    };
  });
}
