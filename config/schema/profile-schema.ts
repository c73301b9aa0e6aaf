import { z } from 'zod';
import { builtInByProfile } from '../catalogue/defaults.js';
import type { Component } from '../catalogue/versions.js';
import { builtInVersions, components } from '../catalogue/versions.js';
import type { Profile } from '../model-profile.js';
import { version } from './texts.js';

export const profiles = Object.keys(builtInByProfile) as [Profile, ...Profile[]]; // The keys of a Record by profile.

/** `versions` of driftloop.yaml; a number is read as it is written (config/load/written-texts.ts). */
export const versionsSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(components).map(([name, words]) => [
      name,
      version.describe(`${words}. ${byProfile((profile) => builtInVersions[profile][name as Component])}`), // A key of `components`.
    ]),
  ) as Record<Component, typeof version>, // One entry per component.
);

export function defaultNamespace(name: 'argocd' | 'monitoring' | 'tekton'): string {
  return byProfile((profile) => builtInByProfile[profile].namespaces[name]);
}

/** Defaults that the JSON schema cannot hold, because they depend on another key. */
function byProfile(valueOf: (profile: Profile) => string): string {
  return `Default: ${profiles.map((profile) => `\`${valueOf(profile)}\` on ${profile}`).join(', ')}.`;
}
