import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from './attempt.js';

const bytes = 32;
const sealFile = 'seal';

/**
 * The secret of a user on this machine, made when it is first asked for. A memory is in the workspace, where anybody may
 * put one who can commit to it; only one that was sealed with the secret is believed.
 * @param userCache folder of the user's caches, as `~/.cache`
 * @returns undefined: it can be neither read nor made
 */
export function readUserSeal(userCache: string): Buffer | undefined {
  const folder = join(userCache, 'driftloop');
  return findUserSeal(userCache) ?? makeSeal(folder, join(folder, sealFile));
}

/** The same for somebody who only looks; undefined: there is none, so nothing was sealed with it. */
export function findUserSeal(userCache: string): Buffer | undefined {
  return readSeal(join(userCache, 'driftloop', sealFile));
}

function readSeal(file: string): Buffer | undefined {
  const seal = attempt(() => readFileSync(file));
  return seal?.length === bytes ? seal : undefined;
}

/** Of several runs that make one at once, the last one wins: what the others seal counts as absent. */
function makeSeal(folder: string, file: string): Buffer | undefined {
  return attempt(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const temporary = `${file}.${randomBytes(8).toString('hex')}`;
    writeFileSync(temporary, randomBytes(bytes), { flag: 'wx', mode: 0o600 });
    renameSync(temporary, file);
    return readSeal(file);
  });
}

/** Where the user's caches are, by the XDG Base Directory Specification; undefined: the user has no place for them. */
export function findUserCache({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string | undefined {
  // The specification says that a relative path is to be ignored.
  if (XDG_CACHE_HOME?.startsWith('/') === true) return XDG_CACHE_HOME;
  return HOME === undefined || HOME === '' ? undefined : join(HOME, '.cache');
}
