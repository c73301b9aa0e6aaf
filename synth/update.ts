import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasErrors } from '../problems/problem.js';
import type { Problem } from '../problems/problem.js';
import { RecalledUnit } from './cache/part-store.js';
import { hasErrorCode } from './error-code.js';
import type { RenderedUnit } from './manifest.js';
import { formatRecord, readRecord, recordFile } from './output-record.js';
import { applyStage, journalFile } from './patch.js';
import type { Journal } from './patch.js';
import { discardStage, openStage, writeStaged } from './stage.js';
import type { Synthesis } from './write.js';

/**
 * Brings an output directory up to date that is as it was left: units that were recalled stand in it, of the others those
 * files are written that differ. The result is the one that writing everything would have (write.ts).
 * @param mark what the directory was when it was found to be in place (markOutput)
 * @returns undefined: somebody else has changed it since, and nothing was written
 */
export async function updateOutput(
  units: Iterable<RenderedUnit>,
  directory: string,
  mark: string,
  conclude: () => readonly Problem[],
): Promise<Synthesis | undefined> {
  const stage = await openStage(directory);
  try {
    const files: string[] = [];
    const written: string[] = [];
    for (const unit of units) {
      if (unit instanceof RecalledUnit) {
        files.push(...unit.paths);
        continue;
      }
      for (const { path, text } of unit.files) {
        files.push(path);
        if (readText(join(stage.target, path)) === text) continue;
        writeStaged(stage, path, text);
        written.push(path);
      }
    }
    const problems = conclude();
    if (hasErrors(problems)) return { problems, files: [] };
    files.sort();
    // Also where no path has come or gone: it tells other runs that something has changed.
    writeStaged(stage, recordFile, formatRecord(files));
    const present = new Set(files);
    const removed = (await readRecord(stage.target)).filter((path) => path !== '' && !present.has(path));
    const journal: Journal = { written: [...written, recordFile], removed, mark };
    writeStaged(stage, journalFile, JSON.stringify(journal));
    const isDone = await applyStage(stage, journal);
    return isDone ? { problems, files } : undefined;
  } finally {
    discardStage(stage);
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return undefined;
    throw error;
  }
}
