import { z } from 'zod';
import { runFolders, trainingOutputs } from '../charts/contract.js';
import { readRunFile } from './run-file.js';
import { StepFailure } from './step-failure.js';

/** `oci://repository@sha256:…`: a digest, because a tag may mean another model tomorrow. */
const image = z.string().regex(/^oci:\/\/[a-z0-9][A-Za-z0-9._:/-]{0,254}@sha256:[0-9a-f]{64}$/);

export async function readModelImage(workspace: string): Promise<string> {
  const text = await readRunFile(workspace, runFolders.output, trainingOutputs.model);
  const model = z.object({ image }).safeParse(parseJson(text));
  if (model.success) return model.data.image;
  throw new StepFailure(
    `${trainingOutputs.model} must be {"image": "oci://repository@sha256:…"}, with the digest of the pushed model.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new StepFailure(`${trainingOutputs.model} is not JSON.`);
  }
}
