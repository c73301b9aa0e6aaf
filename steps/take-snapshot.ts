import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runFolders } from '../charts/contract.js';
import { snapshotName } from '../charts/tasks/metrics-file.js';
import { snapshotFile } from '../charts/tasks/snapshot-file.js';
import { takeSnapshot as contract } from '../charts/tasks/take-snapshot.js';
import { digestFolder } from './digest-folder.js';
import { readRunFile } from './run-file.js';
import { StepFailure } from './step-failure.js';
import type { Step } from './step.js';

const named = z.looseObject({ id: snapshotName });

/** What the program that fetched the data says of it; where it says nothing, the data itself decides. */
export const takeSnapshot: Step<typeof contract> = {
  contract,
  async perform(_, { workspace, log }) {
    const folder = join(workspace(), runFolders.data);
    const { files, digest, hasSnapshot } = await digestFolder(folder, snapshotFile);
    if (files === 0) throw new StepFailure('There is no data: its folder is empty.');
    const snapshot = hasSnapshot ? await readName(workspace()) : `sha256:${digest}`;
    if (!hasSnapshot) await writeFile(join(folder, snapshotFile), `${JSON.stringify({ id: snapshot })}\n`);
    log(`The data is ${snapshot}, ${files} files.`);
    return { snapshot };
  },
};

async function readName(workspace: string): Promise<string> {
  const text = await readRunFile(workspace, runFolders.data, snapshotFile);
  const { data } = named.safeParse(parseJson(text));
  if (data !== undefined) return data.id;
  throw new StepFailure(
    `${snapshotFile} must be {"id": "…"}, with 1 to 200 letters, digits and "._:/@+-", a letter or digit first.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
