import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { runCli } from '../cli/run-cli.js';
import { FakeRegistry } from '../examples/registry.js';
import { createAuthority } from '../gitops/support/authority.js';
import { forgeToken, startFakeForge } from '../gitops/support/fake-forge.js';
import type { FakeForge } from '../gitops/support/fake-forge.js';
import { FakeApi } from '../steps/fake-api.js';
import { interpret } from './interpreter.js';
import type { RunRecord, TaskRecord } from './interpreter.js';
import { readPipeline, readRun, readTask } from './pipeline.js';
import { Pods } from './pods.js';
import type { Interference } from './pods.js';
import { Repositories } from './repositories.js';
import { Serving } from './serving.js';

const namespace = 'mlops-toolings';
const outcomeLabel = 'driftloop.dev/outcome';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: unknown;
}

/** One line of the account that `npm run loop` prints. */
export type Teller = (line: string) => void;

interface Parts {
  readonly folder: string;
  readonly api: FakeApi;
  readonly registry: FakeRegistry;
  readonly forge: FakeForge;
  readonly repositories: Repositories;
  readonly serving: Serving;
  readonly pods: Pods;
}

/** Everything around a run of examples/jukebox, on loopback: Git, a forge, a registry, an API server, Argo CD, Pods. */
export class World {
  private syncing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly parts: Parts,
    private readonly tell: Teller,
  ) {}

  /** Publishes the example, as a person would. */
  static async start(tell: Teller): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'driftloop-loop-'));
    const authority = createAuthority();
    const { certificate, key } = authority.issue('api');
    const api = new FakeApi({ cert: certificate, key });
    await api.start();
    const registry = new FakeRegistry();
    const registryUrl = await registry.start();
    const forge = await startFakeForge({ kind: 'gitea' });
    const repositories = await Repositories.start(folder);
    await repositories.fill({ forge: forge.apiUrl, registry: registryUrl });
    const serving = new Serving(api, repositories, registryUrl);
    const pods = new Pods(folder, {
      apiPort: api.port,
      authority: authority.certificate,
      namespace,
      resolve: (address) => serving.resolve(address),
    });
    const world = new World({ folder, api, registry, forge, repositories, serving, pods }, tell);
    await world.publish();
    return world;
  }

  async stop(): Promise<void> {
    const { folder, api, registry, forge, repositories, serving } = this.parts;
    serving.stop();
    await Promise.all([api.stop(), registry.stop(), forge.close(), repositories.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }

  get forge(): FakeForge {
    return this.parts.forge;
  }

  get serving(): Serving {
    return this.parts.serving;
  }

  get repositories(): Repositories {
    return this.parts.repositories;
  }

  set interference(interference: Interference) {
    this.parts.pods.interference = interference;
  }

  /** An object of the API server, such as `pipelineruns/NAME`. */
  read(key: string): Manifest | undefined {
    return this.parts.api.objects.get(key) as Manifest | undefined;
  }

  /** A person writes annotations of an object; undefined removes one. */
  annotate(key: string, annotations: Readonly<Record<string, string | undefined>>): void {
    const stored = this.parts.api.objects.get(key);
    if (stored === undefined) throw new Error(`there is no ${key}`);
    const all = Object.entries({ ...stored.metadata.annotations, ...annotations });
    const left = all.filter((entry): entry is [string, string] => entry[1] !== undefined);
    const metadata = { ...stored.metadata, annotations: Object.fromEntries(left) };
    this.parts.api.put(key.split('/')[0] ?? '', { ...stored, metadata });
  }

  /** A person, or the clean-up of Tekton, deletes an object. */
  forget(key: string): void {
    this.parts.api.objects.delete(key);
  }

  /** The PipelineRun that a captured alert comes to; false: the API server has one of its name already. */
  async alert(payload: string): Promise<{ readonly name: string; readonly created: boolean }> {
    const file = join(process.cwd(), 'examples/jukebox/payloads', payload);
    const words = ['rehearse', 'jukebox', '--env', 'test', '-C', this.repositories.workspace];
    const captured = ['--payload', `${file}.json`, '--headers', `${file}.headers`, '--format', 'json'];
    const { output, log } = await runCli([...words, ...captured], { cwd: this.parts.folder });
    const [run] = (JSON.parse(output) as { created: Manifest[] }).created;
    if (run === undefined) throw new Error(`no run comes of ${payload}: ${log}`);
    const created = this.create(run);
    this.tell(
      `The captured alert "${payload}" ${created ? 'makes' : 'would make again'} the run ${run.metadata.name}.`,
    );
    return { name: run.metadata.name, created };
  }

  /** Another run of the same template, as another episode of drift makes one. */
  again(run: string, name: string): string {
    const found = this.read(`pipelineruns/${run}`);
    if (found === undefined) throw new Error(`there is no run ${run}`);
    const labels = Object.entries(found.metadata.labels ?? {}).filter(([label]) => label !== outcomeLabel);
    this.create({
      kind: 'PipelineRun',
      metadata: { name, labels: Object.fromEntries(labels) },
      spec: found.spec,
    });
    return name;
  }

  /** Runs a PipelineRun to its end, as the published Pipeline says. */
  async run(name: string): Promise<RunRecord> {
    const spec = readRun(this.read(`pipelineruns/${name}`)?.spec);
    const objects = this.listToolings();
    const find = (kind: string, wanted: string) => {
      const found = objects.find((object) => object.kind === kind && object.metadata.name === wanted);
      if (found === undefined) throw new Error(`there is no ${kind} ${wanted}`);
      return found.spec;
    };
    const record = await interpret(spec, readPipeline(find('Pipeline', spec.pipelineRef.name)), {
      run: { name, namespace },
      taskSpecOf: (task) => readTask(find('Task', task)),
      volume: mkdtempSync(join(this.parts.folder, 'volume-')),
      secretOf: (secret, key) => {
        if (secret === 'forge' && key === 'token') return forgeToken;
        throw new Error(`there is no Secret ${secret} with ${key}`);
      },
      execute: (execution) => this.parts.pods.execute(execution),
      onTask: (task, done) => {
        this.conclude(name, task, done);
      },
    });
    await this.syncing;
    this.finish(name, record);
    return record;
  }

  private async publish(): Promise<void> {
    const words = ['publish', '--push', '-C', this.repositories.workspace];
    const published = await runCli(words, { cwd: this.parts.folder });
    if (published.status !== 0) throw new Error(published.log);
    this.tell('examples/jukebox is published to the GitOps repository.');
  }

  private create(run: Manifest): boolean {
    if (this.read(`pipelineruns/${run.metadata.name}`) !== undefined) return false;
    const creationTimestamp = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    this.parts.api.put('pipelineruns', { ...run, metadata: { ...run.metadata, creationTimestamp } });
    return true;
  }

  private finish(name: string, { status, reason }: RunRecord): void {
    const stored = this.parts.api.objects.get(`pipelineruns/${name}`);
    if (stored === undefined) throw new Error(`the run ${name} is gone`);
    const conditions = [{ type: 'Succeeded', status, reason }];
    this.parts.api.put('pipelineruns', { ...stored, status: { ...(stored.status as object), conditions } });
    const labels = (this.read(`pipelineruns/${name}`)?.metadata.labels ?? {}) as Record<string, string>;
    this.tell(`Run ${name}: ${reason}, outcome ${labels[outcomeLabel] ?? 'not recorded'}.`);
  }

  private conclude(run: string, task: string, { state, attempts, log, results }: TaskRecord): void {
    this.tell(`${task}: ${state}${attempts > 1 ? `, at attempt ${attempts}` : ''}`);
    for (const line of log) this.tell(`    ${line}`);
    for (const [name, value] of results)
      this.tell(`    ${name} = ${value.trim().replaceAll('\n', '\n      ')}`);
    if (state === 'Skipped') return;
    const failure = state === 'Failed' ? (log.at(-1) ?? 'it failed') : undefined;
    this.parts.api.putTask(run, task, Object.fromEntries(results), failure);
    // A controller sees the push; nobody waits for it.
    if (task === 'release' && state === 'Succeeded') this.syncing = this.serving.sync();
  }

  private listToolings(): readonly Manifest[] {
    const files = this.repositories.git('ls-tree', '-r', '--name-only', 'main', 'toolings').split('\n');
    return files.flatMap((file) =>
      parseAllDocuments(this.repositories.read(file)).map((document) => document.toJS() as Manifest),
    );
  }
}
