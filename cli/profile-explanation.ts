import { components } from '../config/catalogue/versions.js';
import { describeProfile } from '../config/describe-profile.js';
import type { Profile, Versions } from '../config/model-profile.js';

export const profileFormats = ['text', 'json'] as const;

export type ProfileFormat = (typeof profileFormats)[number];

/** What a profile with its versions can do, what decides it, and where that is written. */
export function formatProfile(profile: Profile, versions: Versions, format: ProfileFormat): string {
  const table = describeProfile(profile, versions);
  if (format === 'json') return `${JSON.stringify({ profile, versions, features: table }, null, 2)}\n`;
  const installed = Object.entries(components).map(([name, words]) => ({
    words,
    version: Object.entries(versions).find(([component]) => component === name)?.[1] ?? '',
  }));
  const width = Math.max(...installed.map(({ words }) => words.length));
  const rows = installed.map(({ words, version }) => `  ${words.padEnd(width)}  ${version}\n`);
  const sections = table.map(({ name, meaning, value, choices }) => {
    const answers = choices.map((choice) => `    ${choice.value} (${choice.when}): ${choice.source}\n`);
    return `${name}: ${value}\n  ${meaning}\n${answers.join('')}`;
  });
  return `${profile} with\n${rows.join('')}\n${sections.join('\n')}`;
}
