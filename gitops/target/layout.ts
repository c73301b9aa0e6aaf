import { directories } from '../../synth/manifest.js';

/** Places in the target that driftloop keeps besides the rendered units. */
export const targetLayout = {
  /** Which files are ours, per unit. */
  ownership: '.driftloop/owned.json',
  /** Release records. */
  releases: 'releases',
  /** What the last delivery to an environment was rendered from, as Argo CD and GitOps Promoter read it. */
  metadata: (environment: string) => `${directories.environment(environment)}/hydrator.metadata`,
} as const;

/** The unit that lists the others for Argo CD: what is not in it is applied by nobody. */
export const listingUnit = directories.applications;

/**
 * Is this a path below the repository's root that every file system and Git itself accept?
 * Refused: absolute paths, `..`, `.git` in any spelling, empty parts, quotes, backslashes, control characters.
 */
export function isSafePath(path: string): boolean {
  if (path === '' || path.length > 1000 || /["\\:\u0000-\u001f\u007f]/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && !/^\.{1,2}$|^\.git$|^git~1$|[. ]$/i.test(part));
}

/** Does a path belong to the machinery, where no rendered file may stand? */
export function isReservedPath(path: string): boolean {
  return (
    path.startsWith('.driftloop/') ||
    path.startsWith(`${targetLayout.releases}/`) ||
    path.endsWith('/hydrator.metadata')
  );
}
