import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runFolders, trainingOutputs } from '../charts/contract.js';
import { StepFailure } from './step-failure.js';

/** Values by metric name, as training wrote them; not every value needs to be a number. */
export type Metrics = ReadonlyMap<string, unknown>;

/** `oci://repository@sha256:…`: a digest, because a tag may mean another model tomorrow. */
const image = z.string().regex(/^oci:\/\/[a-z0-9][A-Za-z0-9._:/-]{0,254}@sha256:[0-9a-f]{64}$/);

export async function readMetrics(workspace: string): Promise<Metrics> {
  const content = await readOutput(workspace, trainingOutputs.metrics);
  const metrics = z.record(z.string(), z.unknown()).safeParse(content);
  if (!metrics.success)
    throw new StepFailure(`${trainingOutputs.metrics} must be an object of numbers by metric name.`);
  return new Map(Object.entries(metrics.data));
}

export async function readModelImage(workspace: string): Promise<string> {
  const content = await readOutput(workspace, trainingOutputs.model);
  const model = z.object({ image }).safeParse(content);
  if (model.success) return model.data.image;
  throw new StepFailure(
    `${trainingOutputs.model} must be {"image": "oci://repository@sha256:…"}, with the digest of the pushed model.`,
  );
}

/** The folder was written by foreign code: links out of it are not followed, and its size is bounded. */
async function readOutput(workspace: string, file: string): Promise<unknown> {
  const folder = join(await realpath(workspace), runFolders.output);
  const text = await readPlainFile(folder, file);
  try {
    return JSON.parse(text);
  } catch {
    throw new StepFailure(`${file} is not JSON (NaN and Infinity are not either).`);
  }
}

const sizeLimit = 1_048_576;

async function readPlainFile(folder: string, file: string): Promise<string> {
  const path = join(folder, file);
  if ((await realpath(path).catch(() => undefined)) !== path) {
    throw new StepFailure(`Training left no ${file} in its output folder.`);
  }
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > sizeLimit) {
      throw new StepFailure(`${file} must be a plain file of at most ${sizeLimit} bytes.`);
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
