import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { dataFiles, runFolders } from '../charts/contract.js';
import { hasErrorCode } from '../synth/error-code.js';
import { readRunFile } from './run-file.js';
import { StepFailure } from './step-failure.js';

/** It becomes a label: one line of a length that people read. */
const snapshot = z.object({ id: z.string().regex(/^[^\p{Cc}]{1,200}$/u) });

/** What names the data a run works on; undefined: nobody has collected any. */
export async function readSnapshot(workspace: string): Promise<string | undefined> {
  if (!(await isThere(join(workspace, runFolders.data, dataFiles.snapshot)))) return undefined;
  const parsed = snapshot.safeParse(
    parseJson(await readRunFile(workspace, runFolders.data, dataFiles.snapshot)),
  );
  if (parsed.success) return parsed.data.id;
  throw new StepFailure(
    `${dataFiles.snapshot} must be {"id": "…"}, a text of at most 200 characters on one line.`,
  );
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
