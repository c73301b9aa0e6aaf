declare const DRIFTLOOP_GENERATOR: string | undefined;

/**
 * Tells programs apart that may render differently: a digest of the sources and of all packages, which the bundler puts
 * in (scripts/bundle-cli.mjs). undefined: it runs from sources, which change from one run to the next.
 */
export const generator: string | undefined =
  typeof DRIFTLOOP_GENERATOR === 'undefined' ? undefined : DRIFTLOOP_GENERATOR;
