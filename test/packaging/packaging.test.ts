import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readTree } from '../cli/read-tree.js';

/** What a user gets: the packed package, installed into an empty folder. */
const root = process.cwd();
const run = promisify(execFile);
let folder: string;
let packed: readonly string[];

beforeAll(async () => {
  if (!existsSync(join(root, 'build/main.js')))
    throw new Error('these tests need the compiled program: npm run build');
  folder = mkdtempSync(join(tmpdir(), 'driftloop-package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const [tarball] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  if (tarball === undefined) throw new Error('npm packed nothing');
  packed = tarball.files.map(({ path }) => path);
  mkdirSync(join(folder, 'platform'));
  writeFileSync(join(folder, 'platform/package.json'), '{"private": true}\n');
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  await run('npm', ['install', ...quiet, join(folder, tarball.filename)], { cwd: join(folder, 'platform') });
}, 180_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the package', () => {
  it('holds what runs, and neither tests nor sources nor what a run left behind', () => {
    for (const needed of [
      'build/main.js',
      'build/index.d.ts',
      'build/cli/driftloop.js',
      'build/gitops/report/browser/report-page.js',
      'build/gitops/report/browser/report-page.css',
      'schemas/model.schema.json',
      'schemas/diff.schema.json',
      'Containerfile',
    ]) {
      expect(packed).toContain(needed);
    }
    const unwanted = /^(?:test|dist)\/|(?:^|\/)(?:node_modules|\.driftloop)\/|(?<!\.d)\.ts$|tsbuildinfo/;
    expect(packed.filter((path) => unwanted.test(path))).toEqual([]);
  });

  it('goes from init over check to the same tree from driftloop synth and cdk8s synth', async () => {
    const cwd = join(folder, 'platform');
    const driftloop = join(cwd, 'node_modules/.bin/driftloop');
    await run(driftloop, ['init', '--yes'], { cwd });
    const { stdout } = await run(driftloop, ['check'], { cwd });
    expect(stdout).toContain('no errors');
    await run(driftloop, ['diff', '--format', 'html', '-o', 'diff.html'], { cwd });
    expect(readFileSync(join(cwd, 'diff.html'), 'utf8')).toContain('Content-Security-Policy');
    await run(driftloop, ['synth', '-o', 'own'], { cwd });
    // The user's cdk8s.yaml decides; the CLI itself need not be installed once more.
    await run(join(root, 'node_modules/.bin/cdk8s'), ['synth', '--check-upgrade=false'], { cwd });
    expect(readTree(join(cwd, 'dist'))).toEqual(readTree(join(cwd, 'own')));
    expect([...readTree(join(cwd, 'dist')).keys()]).toContain(
      'environments/prod/my-model/drift-alerts.k8s.yaml',
    );
  }, 60_000);

  it('gives editors the schemas that its first lines name', () => {
    const platform = join(folder, 'platform');
    for (const file of ['driftloop.yaml', 'models/my-model.yaml']) {
      const text = readFileSync(join(platform, file), 'utf8');
      const [, path] = /^# yaml-language-server: \$schema=(.+)$/m.exec(text) ?? [];
      expect(existsSync(join(platform, file, '..', path ?? 'missing'))).toBe(true);
    }
  });

  it('can be imported, with the public interface and nothing else', async () => {
    const script = "import('driftloop').then((all) => console.log(Object.keys(all).sort().join(' ')))";
    const { stdout } = await run(process.execPath, ['-e', script], { cwd: join(folder, 'platform') });
    expect(stdout.trim().split(' ')).toEqual([
      ...[
        'AlertRouting',
        'DriftAlerts',
        'DriftMonitor',
        'DriftloopChart',
        'EnvironmentDashboards',
        'EventVerifier',
        'EventsListener',
      ],
      ...[
        'ModelDashboards',
        'ModelSchedule',
        'ModelServing',
        'ModelTriggers',
        'MonitorScraping',
        'MonitorService',
      ],
      ...[
        'Notifications',
        'RetrainingPipeline',
        'RetrainingTasks',
        'RetrainingTrigger',
        'RunnerRights',
        'Scheduler',
        'ServerScraping',
      ],
      ...['hasErrors', 'loadReleases', 'loadWorkspace', 'plan', 'render', 'synthesize', 'validate'],
    ]);
    const inside = "import('driftloop/build/cli/program.js')";
    await expect(
      run(process.execPath, ['-e', inside], { cwd: join(folder, 'platform') }),
    ).rejects.toMatchObject({
      stderr: expect.stringContaining('ERR_PACKAGE_PATH_NOT_EXPORTED') as string,
    });
  });
});
