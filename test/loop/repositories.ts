import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { startGitServer } from '../real/git-server.js';
import type { GitServer } from '../real/git-server.js';

const root = process.cwd();
/** The Git server lives in this process: whoever waits for git without giving way waits for ever. */
const execute = promisify(execFile);

export interface Addresses {
  /** Of the forge's API. */
  readonly forge: string;
  readonly registry: string;
}

/** The three repositories of a loop behind a real Git server: platform, the model's source, and GitOps. */
export class Repositories {
  private constructor(
    private readonly server: GitServer,
    private readonly folder: string,
    private readonly urls: ReadonlyMap<string, string>,
  ) {}

  static async start(folder: string): Promise<Repositories> {
    const server = await startGitServer();
    const names = ['platform', 'jukebox', 'gitops'];
    const urls = names.map((name) => [name, server.create(`mlops/${name}.git`)] as const);
    return new Repositories(server, folder, new Map(urls));
  }

  async stop(): Promise<void> {
    await this.server.close();
  }

  url(name: string): string {
    return this.urls.get(name) ?? '';
  }

  /** Folder of the workspace that is published. */
  get workspace(): string {
    return join(this.folder, 'platform');
  }

  /** What the GitOps repository says. */
  git(...words: readonly string[]): string {
    const place = join(this.server.root, 'mlops/gitops.git');
    return execFileSync('git', ['-C', place, ...words], { encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  /** A file of the GitOps repository, at its newest commit or another one. */
  read(path: string, revision = 'main'): string {
    return this.git('show', `${revision}:${path}`);
  }

  /** What was ever recorded for an environment, newest first. */
  releasesOf(environment: string): readonly ReleaseRecord[] {
    const path = `releases/${environment}/jukebox.yaml`;
    const commits = this.git('log', '--format=%H', 'main', '--', path).split('\n').filter(Boolean);
    return commits.map((sha) => parse(this.read(path, sha)) as ReleaseRecord);
  }

  async fill(addresses: Addresses): Promise<void> {
    await this.commit('jukebox', (place) => {
      cpSync(join(root, 'examples/jukebox/source'), place, { recursive: true });
    });
    await this.commit('platform', (place) => {
      this.writeWorkspace(place, addresses);
    });
  }

  private async commit(name: string, write: (place: string) => void): Promise<void> {
    const place = join(this.folder, name);
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
    const git = (...words: string[]) => execute('git', [...identity, ...words], { cwd: place });
    mkdirSync(place, { recursive: true });
    await git('init', '--quiet', '--initial-branch=main');
    write(place);
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'by hand');
    await git('push', '--quiet', this.url(name), 'HEAD:main');
  }

  /** examples/jukebox, with the addresses of this machine, a forge and a smoke test. */
  private writeWorkspace(place: string, { forge, registry }: Addresses): void {
    const example = join(root, 'examples/jukebox');
    const read = (file: string) =>
      parse(readFileSync(join(example, file), 'utf8')) as Record<string, unknown>;
    mkdirSync(join(place, 'models'));
    const platform = {
      ...read('driftloop.yaml'),
      repository: { url: this.url('gitops') },
      source: { url: this.url('platform') },
      delivery: { forge: 'gitea', apiUrl: forge, tokenSecret: { name: 'forge', key: 'token' } },
    };
    writeFileSync(join(place, 'driftloop.yaml'), stringify(platform));
    const model = read('models/jukebox.yaml');
    const written = {
      ...model,
      source: { repo: this.url('jukebox') },
      training: { ...(model.training as object), env: { REGISTRY: registry }, cooldown: '0s' },
      rollout: { timeout: '1m', smokeTest: requests },
    };
    writeFileSync(join(place, 'models/jukebox.yaml'), stringify(written));
  }
}

export interface ReleaseRecord {
  readonly version: string;
  readonly image: string;
  readonly by: string;
  readonly verified?: { readonly environment: string; readonly by: string };
}

const requests = [
  { path: '/healthz' },
  {
    path: '/predict',
    body: { danceability: 0.8, energy: 0.7, tempo: 120 },
    expect: { values: { '/probability': { min: 0, max: 1 } } },
  },
];
