import { generator } from '../synth/cache/generator.js';
import type { PartMemory } from '../synth/cache/part-memory.js';
import { openKnownParts } from '../synth/cache/synthesis-memory.js';
import { findUserCache, findUserSeal } from '../synth/cache/user-seal.js';
import type { Verdict } from '../validate/judge.js';

/**
 * What this program found about the parts of a workspace when it was last synthesized, for whoever asks for nothing but
 * the problems; undefined: nothing that can be believed.
 * @param program tells programs apart that may judge differently
 */
export function openProven(
  workspace: string,
  environment: NodeJS.ProcessEnv,
  program = generator,
): PartMemory<Verdict> | undefined {
  const userCache = findUserCache(environment);
  if (program === undefined || userCache === undefined) return undefined;
  const seal = findUserSeal(userCache);
  return seal && openKnownParts<Verdict>(workspace, program, seal);
}
