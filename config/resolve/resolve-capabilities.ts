import type { Capabilities, Choice, Feature, FeatureName } from '../catalogue/capabilities.js';
import { features } from '../catalogue/capabilities.js';
import type { Component } from '../catalogue/versions.js';
import type { Profile, Versions } from '../model-profile.js';
import { isAtLeast } from '../values/version.js';

/** Looks up every feature for a profile and its versions. */
export function resolveCapabilities(profile: Profile, versions: Versions): Capabilities {
  const values = Object.entries(features).map(([name, { choices }]) => [
    name,
    chooseFor<unknown>(choices, profile, versions).value,
  ]);
  return Object.fromEntries(values) as Capabilities; // The keys and values of `features`, one by one.
}

/** The choice that counts on a platform. */
export function chooseFor<T>(
  choices: Feature<T>['choices'],
  profile: Profile,
  versions: Versions,
): Choice<T> {
  const found = choices.find((choice) => counts(choice, profile, versions));
  if (found === undefined) throw new Error('the last choice of a feature must always count');
  return found;
}

/** Versions that a choice still needs on a platform of its profile. */
export function listMissing(
  name: FeatureName,
  value: unknown,
  { profile, versions }: { readonly profile: Profile; readonly versions: Versions },
): readonly MissingVersion[] {
  const choices: readonly Choice<unknown>[] = features[name].choices;
  const wanted = choices.find((choice) => choice.value === value && (choice.profile ?? profile) === profile);
  return listNeeds(wanted).filter(({ component, since }) => !isAtLeast(versions[component], since));
}

export interface MissingVersion {
  readonly component: Component;
  readonly since: string;
}

function counts(choice: Choice<unknown>, profile: Profile, versions: Versions): boolean {
  if (choice.profile !== undefined && choice.profile !== profile) return false;
  return listNeeds(choice).every(({ component, since }) => isAtLeast(versions[component], since));
}

function listNeeds(choice: Choice<unknown> | undefined): readonly MissingVersion[] {
  return Object.entries(choice?.since ?? {}).map(([component, since]) => ({
    component: component as Component, // The keys of `since`.
    since,
  }));
}
