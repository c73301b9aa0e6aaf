import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { planUnits } from '../../../charts/units.js';
import { loadWorkspace } from '../../../config/load-workspace.js';
import type { Workspace } from '../../../config/model.js';
import type { Releases } from '../../../config/release.js';
import { describeSourceCommit } from '../../../gitops/git/source-commit.js';
import { publish } from '../../../gitops/publish/publish.js';
import { promote } from '../../../gitops/release/promote.js';
import { release } from '../../../gitops/release/release.js';
import { rollback } from '../../../gitops/release/rollback.js';
import { verify } from '../../../gitops/release/verify.js';
import type { Problem } from '../../../problems/problem.js';
import type { StepContext } from '../../../steps/step.js';
import { renderUnits } from '../../../synth/render.js';
import { commitCount, git, readFrom, temporaryFolder } from '../../gitops/support/repository.js';
import { startGitServer } from '../../real/git-server.js';
import type { GitServer } from '../../real/git-server.js';
import { createContext } from '../context.js';

export const gitPassword = 'git-password-secret';
const credentials = { username: 'driftloop', password: gitPassword };

export const imageOf = (version: string) =>
  `oci://registry.example.com/jukebox/model@sha256:${version.padStart(64, '0')}`;

/** The example, published from one repository to another, both behind a Git server that wants a password. */
export class PublishedLoop {
  private minutes = 0;
  private published = '';

  private constructor(
    private readonly server: GitServer,
    private readonly workspace: Workspace,
    private readonly directory: string,
    readonly repositories: { readonly targetRepository: string; readonly sourceRepository: string },
  ) {}

  /** @param delivery key `delivery` of driftloop.yaml, as one line of YAML. */
  static async start(delivery: string): Promise<PublishedLoop> {
    const server = await startGitServer({ credentials });
    const targetRepository = server.create('mlops/gitops.git');
    const sourceRepository = server.create('mlops/platform.git');
    const directory = join(temporaryFolder(), 'platform');
    git('/', 'clone', '--quiet', join(server.root, 'mlops/platform.git'), directory);
    const text = readExample('driftloop.yaml')
      .replace('https://git.example.com/mlops/gitops.git', targetRepository)
      .concat(`delivery: ${delivery}\n`);
    const files = { 'driftloop.yaml': text, 'models/jukebox.yaml': readExample('models/jukebox.yaml') };
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), content);
    }
    git(directory, 'add', '--all');
    git(directory, 'commit', '--quiet', '--message', 'first');
    git(directory, 'push', '--quiet', 'origin', 'HEAD:main');
    const { value: workspace, problems } = loadWorkspace(directory);
    if (workspace === undefined) throw new Error(JSON.stringify(problems));
    const loop = new PublishedLoop(server, workspace, directory, { targetRepository, sourceRepository });
    expectNone(await publish(await loop.basics()));
    loop.published = git(loop.bare, 'rev-parse', 'main');
    return loop;
  }

  /** As it was after its start; cheaper than another start for each test. */
  reset(): void {
    for (const ref of git(this.bare, 'for-each-ref', '--format=%(refname)').split('\n'))
      git(this.bare, 'update-ref', ...(ref === 'refs/heads/main' ? [ref, this.published] : ['-d', ref]));
  }

  close(): Promise<void> {
    return this.server.close();
  }

  async release(version: string, environment = 'test'): Promise<void> {
    const record = {
      model: 'jukebox',
      environment,
      version,
      image: imageOf(version),
      releasedAt: this.time().toISOString(),
      by: `run-${version}`,
      commit: undefined,
      metrics: { accuracy: 0.9 },
    };
    expectNone(await release({ ...(await this.basics()), release: record }));
  }

  async verify(version: string): Promise<void> {
    const record = { model: 'jukebox', environment: 'test' };
    expectNone(await verify({ ...(await this.basics()), record, version, by: `run-${version}` }));
  }

  /** Released to test, verified there, and pushed to prod. */
  async bring(version: string): Promise<void> {
    await this.release(version);
    await this.verify(version);
    const places = { model: 'jukebox', from: 'test', to: 'prod', version, by: 'ada' };
    expectNone(await promote({ ...(await this.basics()), ...places }));
  }

  /** As a person does it by hand; with `quarantine` the version that is left is bad everywhere. */
  async rollBack(environment: string, quarantine = false): Promise<void> {
    const record = { model: 'jukebox', environment };
    expectNone(await rollback({ ...(await this.basics()), record, by: 'grace', quarantine }));
  }

  /** What a step has around it: the password as its Task mounts it. */
  context(
    parts: Parameters<typeof createContext>[0] = {},
  ): StepContext & { readonly lines: readonly string[] } {
    return { ...createContext(parts), credentials };
  }

  record(environment: string, branch = 'main'): unknown {
    return parse(this.read(`releases/${environment}/jukebox.yaml`, branch));
  }

  read(path: string, branch = 'main'): string {
    return readFrom(this.bare, path, branch);
  }

  commits(branch = 'main'): number {
    return commitCount(this.bare, branch);
  }

  /** All that stands in the repository: messages, authors and files of all branches. */
  everything(): string {
    const branches = git(this.bare, 'for-each-ref', '--format=%(refname)').split('\n');
    const files = branches.map((branch) => git(this.bare, 'grep', '-h', '', branch));
    return [git(this.bare, 'log', '--all', '--format=%B%an%ae'), ...files].join('\n');
  }

  private get bare(): string {
    return join(this.server.root, 'mlops/gitops.git');
  }

  /** A minute later each time. */
  private time(): Date {
    this.minutes += 1;
    return new Date(Date.parse('2026-11-21T08:00:00Z') + this.minutes * 60_000);
  }

  private async basics() {
    const now = this.time();
    return {
      workspace: this.workspace,
      source: await describeSourceCommit(this.directory),
      remote: { url: this.bare, credentials: undefined },
      branch: 'main',
      selection: {},
      render: (releases: Releases) => ({
        value: renderUnits(planUnits(this.workspace, releases)),
        problems: [],
      }),
      lockDirectory: join(temporaryFolder(), 'locks'),
      clock: { now: () => now, wait: () => Promise.resolve(), random: () => 0.5 },
    };
  }
}

function readExample(path: string): string {
  return readFileSync(new URL(`../../../examples/jukebox/${path}`, import.meta.url), 'utf8');
}

function expectNone({ problems }: { readonly problems: readonly Problem[] }): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
}
