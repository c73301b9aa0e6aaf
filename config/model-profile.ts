import type { Component } from './catalogue/versions.js';

/** Which kind of cluster the platform runs on; with the versions it decides API versions and features. */
export type Profile = 'kubernetes' | 'openshift';

/** Versions as they were written, e.g. `1.15` or `v0.37.0`. */
export type Versions = Readonly<Record<Component, string>>;

export type { Capabilities } from './catalogue/capabilities.js';
