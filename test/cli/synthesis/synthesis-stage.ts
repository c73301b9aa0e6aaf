import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { renderWorkspace } from '../../../cli/pipeline.js';
import { openProven } from '../../../cli/proven.js';
import { synthesizeWorkspace } from '../../../cli/synthesis.js';
import type { Problem } from '../../../problems/problem.js';
import { fingerprintTree } from '../../../synth/cache/fingerprint.js';
import { SynthesisMemory } from '../../../synth/cache/synthesis-memory.js';
import { readUserSeal } from '../../../synth/cache/user-seal.js';
import { readTree } from '../read-tree.js';

/** A copy of the example in a folder of its own, and what is done with it again and again. */
export class SynthesisStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'driftloop-synthesis-'));
  readonly workspace = join(this.folder, 'workspace');
  readonly output = join(this.workspace, 'dist');
  readonly userCache = join(this.folder, 'user-cache');
  readonly cache = join(this.workspace, '.driftloop/cache');

  constructor() {
    for (const name of ['driftloop.yaml', 'models']) {
      cpSync(join('examples/jukebox', name), join(this.workspace, name), { recursive: true });
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Files of which nobody can tell whether they were written twice within a tick of the clock are not remembered. */
  async settle(): Promise<void> {
    while (fingerprintTree(this.workspace)?.isYoung === true) await setTimeout(5);
  }

  async synthesize(generator = 'one') {
    await this.settle();
    const { workspace: directory, output, userCache } = this;
    return synthesizeWorkspace({ directory, output, generator, userCache });
  }

  /** The same from nothing, as the first run on another machine. */
  async synthesizeCold() {
    const output = join(this.folder, 'elsewhere');
    rmSync(output, { recursive: true, force: true });
    const result = await synthesizeWorkspace({ directory: this.workspace, output, userCache: undefined });
    return { result, tree: result.value === undefined ? undefined : readTree(output) };
  }

  /** What `check` finds, with what the last synthesis has found before. */
  check(): readonly Problem[] {
    const known = openProven(this.workspace, { XDG_CACHE_HOME: this.userCache }, 'one');
    const { value, problems } = renderWorkspace(this.workspace, undefined, known);
    return [...problems, ...(value?.units.problems ?? [])];
  }

  async isRemembered(generator = 'one'): Promise<boolean> {
    await this.settle();
    const { workspace, output } = this;
    const request = { generator, workspace, releases: undefined, output, options: undefined };
    const seal = readUserSeal(this.userCache);
    return seal !== undefined && new SynthesisMemory(request, seal).recall() !== undefined;
  }

  model(name: string): string {
    return join(this.workspace, 'models', `${name}.yaml`);
  }

  edit(file: string, change: (text: string) => string): void {
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }

  /** @param called a warning when it is not the name of the file */
  addModel(name: string, called = name): void {
    const text = readFileSync(join('examples/jukebox/models/jukebox.yaml'), 'utf8');
    writeFileSync(this.model(name), text.replace('model: jukebox', `model: ${called}`));
  }
}
