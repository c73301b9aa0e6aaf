import { join } from 'node:path';
import type { RenderedFile } from '../manifest.js';
import { attempt } from './attempt.js';
import { digestOf } from './digest.js';
import { prepareFolder, readEntry, readKept, writeEntry } from './entry-file.js';
import type { Entry, Remembered } from './entry-file.js';
import { readInputs } from './inputs.js';
import type { Inputs, Places } from './inputs.js';
import { nothingKept, readSegment } from './kept-file.js';
import { readOutputState } from './output-state.js';
import { PartMemory } from './part-memory.js';
import type { Purpose } from './part-memory.js';
import { PartStore } from './part-store.js';
import type { StoredPart } from './part-store.js';

export type { Remembered };

/** What the result of a synthesis depends on, besides the files of the workspace. */
export interface MemoryRequest extends Places {
  /** Which program renders. */
  readonly generator: string;
  /** Anything else, as JSON. */
  readonly options: unknown;
}

/**
 * Remembers what came of the last synthesis: as a whole, so that nothing has to be done when no file has changed since,
 * and part by part, so that only what has changed is rendered and judged anew. It never answers otherwise than a new
 * rendering would. The whole is believed only when every file of the workspace is as it was, by size, times and inode, or
 * else by content, and when the same program asks the same; a part, when it would be made of the same and judged by the
 * same. What is damaged counts as absent.
 */
export class SynthesisMemory {
  private readonly folder: string;
  private readonly generator: string;
  private readonly key: string;
  private readonly inputs: Inputs | undefined;
  private readonly entry: Entry | undefined;

  /** @param seal the user's secret: a memory that another one made is not believed */
  constructor(
    private readonly request: MemoryRequest,
    private readonly seal: Buffer,
  ) {
    this.folder = cacheOf(request.workspace);
    this.generator = nameGenerator(request.generator);
    this.key = digestOf(JSON.stringify(['6', this.generator, request]));
    this.inputs = readInputs(request);
    this.entry = readEntry(this.folder, seal);
  }

  /** undefined: something may have changed. */
  recall(): Entry | undefined {
    const { entry, inputs } = this;
    if (entry?.request !== this.key || inputs === undefined) return undefined;
    if (entry.inputs.stats === inputs.stats) return entry;
    // Touched, cloned or restored by a CI system: the content decides.
    return entry.inputs.content === inputs.readContent() ? entry : undefined;
  }

  /** Is the output as the last synthesis for it left it? */
  isInPlace(): boolean {
    const { entry } = this;
    return entry?.request === this.key && entry.output === readOutputState(this.request.output);
  }

  /** All files of the synthesis; undefined: they are lost. */
  readFiles(entry: Entry): readonly RenderedFile[] | undefined {
    const store = new PartStore(this.folder);
    return attempt(() => {
      const files: RenderedFile[] = [];
      for (const segment of readKept(this.folder, entry)?.parts.values() ?? []) {
        const units = store.read(readSegment(segment) as StoredPart); // We kept it: the entry says so.
        if (units === undefined) return undefined;
        files.push(...units.flatMap((unit) => unit.files));
      }
      return files.length === entry.files ? files : undefined;
    });
  }

  /** What is known of parts; undefined: there is no place to keep it, or no way to tell what they will be made of. */
  openParts<Verdict>(purpose: Purpose): PartMemory<Verdict> | undefined {
    if (this.inputs === undefined || !prepareFolder(this.folder)) return undefined;
    const { entry } = this;
    const isOurs = entry?.generator === this.generator;
    const known = isOurs ? readKept(this.folder, entry) : undefined;
    return new PartMemory<Verdict>(this.folder, known ?? nothingKept, purpose);
  }

  /** Call it when everything is written and nothing was wrong. */
  remember(result: Remembered, memory: PartMemory<unknown>): void {
    // What was written a moment ago may be written again without that showing.
    const { inputs } = this;
    if (inputs === undefined || inputs.isYoung) return;
    const content = inputs.readContent();
    const now = readInputs(this.request);
    const kept = memory.finish();
    // Somebody wrote while we read: what was rendered is of neither state.
    if (now?.stats !== inputs.stats) return;
    if (content !== undefined && kept !== undefined) this.save(result, { stats: now.stats, content }, kept);
  }

  /** Makes the next look quicker, when inputs were told by their content, or the output was put in place. */
  renew(entry: Entry, wasInPlace: boolean): void {
    if (this.inputs === undefined || this.inputs.isYoung) return;
    const { stats } = this.inputs;
    if (stats === entry.inputs.stats && wasInPlace) return;
    this.save(entry, { stats, content: entry.inputs.content }, entry.kept);
  }

  private save(
    { problems, files }: Remembered,
    inputs: Entry['inputs'],
    kept: Parameters<typeof writeEntry>[3],
  ): void {
    const output = readOutputState(this.request.output);
    if (output === undefined) return;
    const entry = { generator: this.generator, request: this.key, problems, files, inputs, output };
    writeEntry(this.folder, this.seal, entry, kept);
  }
}

/**
 * What the last synthesis of a workspace left, for somebody who checks and keeps nothing; undefined: nothing that the same
 * program and user left.
 */
export function openKnownParts<Verdict>(
  workspace: string,
  generator: string,
  seal: Buffer,
): PartMemory<Verdict> | undefined {
  const folder = cacheOf(workspace);
  const entry = readEntry(folder, seal);
  const known = entry?.generator === nameGenerator(generator) ? readKept(folder, entry) : undefined;
  return known && new PartMemory<Verdict>(folder, known, 'check');
}

function cacheOf(workspace: string): string {
  return join(workspace, '.driftloop/cache');
}

/** What is kept is in the form of its V8. */
function nameGenerator(generator: string): string {
  return `${generator} ${process.versions.v8}`;
}
