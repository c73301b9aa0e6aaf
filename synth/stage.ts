import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { hasErrorCode } from './error-code.js';
import { finishPatch } from './patch.js';

/** A folder beside an output directory that is to take its place. */
export interface Stage {
  /** The output directory, absolute, symbolic links resolved. */
  readonly target: string;
  readonly folder: string;
  /** Where the previous tree goes for a moment. */
  readonly previous: string;
  /** Folders that have been made in it. */
  readonly folders: Set<string>;
}

/** `dist` is staged in `dist.tmp-<process>-<digits>`, and moves to the same name with `-previous`. */
const leftover = /^((.+)\.tmp-(\d+)-[0-9a-f]{8})(-previous)?$/;

/** Names of this process's stages; others of its number are dead, as in containers, where it is always the same. */
const stages = new Set<string>();

/** Makes an empty stage, after clearing up behind runs that were killed. */
export async function openStage(directory: string): Promise<Stage> {
  const target = await resolveLinks(resolve(directory));
  await mkdir(dirname(target), { recursive: true });
  await recover(target);
  const folder = `${target}.tmp-${process.pid}-${randomBytes(4).toString('hex')}`;
  stages.add(basename(folder));
  await mkdir(folder);
  return { target, folder, previous: `${folder}-previous`, folders: new Set() };
}

/** Writes one file of the future tree; synchronously, because ten thousand promises take longer than the files. */
export function writeStaged(stage: Stage, path: string, text: string): void {
  const file = join(stage.folder, path);
  if (!file.startsWith(join(stage.folder, '/'))) throw new Error(`${path} leads out of the output directory`);
  const folder = dirname(file);
  if (!stage.folders.has(folder)) mkdirSync(folder, { recursive: true });
  stage.folders.add(folder);
  // `wx`: two units that claim one path are a fault of driftloop.
  const descriptor = openSync(file, 'wx');
  try {
    writeWhole(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** A text that is written as such needs no copy in memory; a disk that takes only a part of it says why at the next try. */
function writeWhole(descriptor: number, text: string): void {
  let written = writeSync(descriptor, text);
  if (written === Buffer.byteLength(text)) return;
  const bytes = Buffer.from(text);
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}

/** Puts the stage in the place of the directory. Another run may do the same at this moment: the last one wins. */
export async function swapIn(stage: Stage): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await renameIfPresent(stage.target, stage.previous);
    try {
      await rename(stage.folder, stage.target);
      return;
    } catch (error) {
      if (attempt === maximumAttempts || !hasErrorCode(error, 'ENOTEMPTY', 'EEXIST')) {
        await renameIfPresent(stage.previous, stage.target);
        throw error;
      }
      await rm(stage.previous, { recursive: true, force: true });
    }
  }
}

/** Each refused attempt means that another run succeeded. */
const maximumAttempts = 1000;

/** Removes what is left of a stage, used or not. */
export function discardStage(stage: Stage): void {
  for (const folder of [stage.folder, stage.previous]) rmSync(folder, { recursive: true, force: true });
  stages.delete(basename(stage.folder));
}

/** Killed runs leave their stage, or, between two renames, the only tree: that one is made whole and put back. */
async function recover(target: string): Promise<void> {
  const parent = dirname(target);
  for (const name of (await readdir(parent)).sort().reverse()) {
    const [, stage = '', base, processId, previous] = leftover.exec(name) ?? [];
    if (base !== basename(target) || isInUse(stage, Number(processId))) continue;
    const path = join(parent, name);
    if (previous !== undefined) {
      finishPatch(join(parent, stage), path);
      await restore(path, target);
    }
    await rm(path, { recursive: true, force: true });
  }
}

async function restore(previous: string, target: string): Promise<void> {
  try {
    await readdir(target);
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
    await renameIfPresent(previous, target);
  }
}

async function renameIfPresent(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
}

async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return path;
    throw error;
  }
}

function isInUse(stage: string, processId: number): boolean {
  if (processId === process.pid) return stages.has(stage);
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return !hasErrorCode(error, 'ESRCH');
  }
}
