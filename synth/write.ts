import { hasErrors } from '../problems/problem.js';
import type { Problem } from '../problems/problem.js';
import type { RenderedUnit } from './manifest.js';
import { findForeignFile, formatRecord, recordFile } from './output-record.js';
import { discardStage, openStage, swapIn, writeStaged } from './stage.js';

/** What became of a tree. */
export interface Synthesis {
  /** With an error among them nothing was written. */
  readonly problems: readonly Problem[];
  /** Paths below the directory, sorted, without the record. */
  readonly files: readonly string[];
}

/**
 * Writes the units' files as the whole content of a directory: unit by unit into a folder beside it, which then takes
 * its place. A run that fails or is killed leaves the previous tree.
 * A directory that holds anything driftloop did not write is refused, because replacing it would delete that.
 * @param conclude called when all units were taken; with an error among what it finds the previous tree stays, too
 */
export async function synthesize(
  units: Iterable<Pick<RenderedUnit, 'files'>>,
  directory: string,
  conclude: () => readonly Problem[] | Promise<readonly Problem[]> = () => [],
): Promise<Synthesis> {
  const stage = await openStage(directory);
  try {
    const paths: string[] = [];
    for (const unit of units) {
      for (const { path, text } of unit.files) {
        writeStaged(stage, path, text);
        paths.push(path);
      }
    }
    const foreign = await findForeignFile(stage.target);
    const problems = [...(await conclude()), ...(foreign === undefined ? [] : [refuse(directory, foreign)])];
    if (hasErrors(problems)) return { problems, files: [] };
    paths.sort();
    writeStaged(stage, recordFile, formatRecord(paths));
    await swapIn(stage);
    return { problems, files: paths };
  } finally {
    discardStage(stage);
  }
}

function refuse(directory: string, foreign: string): Problem {
  return {
    code: 'SYNTH_FOREIGN_FILES',
    severity: 'error',
    message: `${directory} holds ${foreign}, which driftloop did not write, and would be deleted`,
    hint: 'Choose another directory with -o, or move what is yours away; only generated files may stand there.',
  };
}
