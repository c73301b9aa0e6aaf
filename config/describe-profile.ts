import type { Choice, FeatureName } from './catalogue/capabilities.js';
import { features } from './catalogue/capabilities.js';
import { components } from './catalogue/versions.js';
import type { Profile, Versions } from './model-profile.js';
import { chooseFor } from './resolve/resolve-capabilities.js';

/** One row of the capability table, as a platform sees it. */
export interface DescribedFeature {
  readonly name: FeatureName;
  readonly meaning: string;
  /** In words: `yes`, `no`, `v1beta1`. */
  readonly value: string;
  /** Every answer there is, the first that counts being the one. */
  readonly choices: readonly DescribedChoice[];
}

export interface DescribedChoice {
  readonly value: string;
  /** When it counts, in words: `openshift, Prometheus operator 0.57`; `otherwise` for the last one. */
  readonly when: string;
  readonly source: string;
}

/** The capability table with what a profile and its versions decide. */
export function describeProfile(profile: Profile, versions: Versions): readonly DescribedFeature[] {
  return Object.entries(features).map(([name, feature]) => {
    const { meaning }: { meaning: string } = feature;
    const choices: readonly Choice<unknown>[] = feature.choices;
    return {
      name: name as FeatureName, // A key of `features`.
      meaning,
      value: inWords(chooseFor<unknown>(feature.choices, profile, versions).value),
      choices: choices.map((choice) => ({
        value: inWords(choice.value),
        when: whenInWords(choice),
        source: choice.source,
      })),
    };
  });
}

function whenInWords({ profile, since = {} }: Choice<unknown>): string {
  const versions = Object.entries(components).flatMap(([component, words]) => {
    const version = Object.entries(since).find(([name]) => name === component)?.[1];
    return version === undefined ? [] : [`${words} ${version}`];
  });
  const parts = [...(profile === undefined ? [] : [profile]), ...versions];
  return parts.length === 0 ? 'otherwise' : parts.join(', ');
}

function inWords(value: unknown): string {
  if (value === undefined || value === false) return 'no';
  if (value === true) return 'yes';
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, each]) => (key === each ? key : `${key}: ${inWords(each)}`))
      .join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
